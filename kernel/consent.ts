import { registerEnumType } from 'type-graphql'

/** What is agreed to; one list for all subgraphs. */
export enum ConsentPurpose {
  CONTACT = 'CONTACT',
  RECORDING = 'RECORDING',
  SHARING = 'SHARING',
}
registerEnumType(ConsentPurpose, {
  name: 'ConsentPurpose',
  description: 'What a customer agrees to, or does not.',
  valuesConfig: {
    CONTACT: { description: 'Being called.' },
    RECORDING: { description: 'Calls being recorded.' },
    SHARING: { description: 'Data being passed on to others.' },
  },
})

export enum ConsentState {
  GRANTED = 'GRANTED',
  DECLINED = 'DECLINED',
  WITHDRAWN = 'WITHDRAWN',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(ConsentState, {
  name: 'ConsentState',
  description: 'Where somebody stands on a question of consent.',
  valuesConfig: {
    GRANTED: { description: 'They agreed.' },
    DECLINED: { description: 'They were asked and did not agree.' },
    WITHDRAWN: { description: 'They agreed once and do no longer.' },
    UNKNOWN: { description: 'Nothing is known.' },
  },
})
