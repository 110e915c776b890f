/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Narrows the audit; entries must fit all that is given. */
export type AuditFilter = {
  /** Only what this person did. */
  actor?: string | number | null | undefined;
  /** Only what concerns this customer. */
  customerId?: string | number | null | undefined;
  /** Only from this moment on. */
  from?: string | null | undefined;
  /** Only acts of this sort. */
  kind?: AuditKind | null | undefined;
  /** Only what was done to the row with this id. */
  subjectId?: string | number | null | undefined;
  /** Only what was done to rows of this type. */
  subjectType?: string | null | undefined;
  /** Only before this moment. */
  to?: string | null | undefined;
};

/** What sort of act an audit entry records. */
export type AuditKind =
  /** Somebody read what is worth answering for. */
  | 'ACCESS'
  /** A row was created, changed or deleted. */
  | 'CHANGE'
  /** Somebody got or lost a right. */
  | 'PERMISSION'
  /** Something came from or went to a connected system. */
  | 'SYNC';

/** Who called whom. */
export type CallDirection =
  /** From outside to the company. */
  | 'INBOUND'
  /** Between two people of the company. */
  | 'INTERNAL'
  /** From the company to the outside. */
  | 'OUTBOUND';

/** What happened to the call. */
export type CallEventKind =
  | 'ANSWERED'
  | 'DIALING'
  | 'ENDED'
  | 'FEEDBACK'
  | 'HELD'
  /** This subscriber was too slow: `lagged` events are missing after `cursor`. */
  | 'LAGGED'
  /** The call now belongs to a customer, or to another one. */
  | 'LINKED'
  | 'QUEUED'
  | 'RECORDING_READY'
  | 'RINGING'
  | 'TRANSFERRED';

/** How a call went, in the words of somebody of the company. */
export type CallFeedbackInput = {
  /** The call. */
  callId: string | number;
  /** Its result: the id of a disposition. Left out: as it is. */
  disposition?: string | number | null | undefined;
  /** In your words, 5,000 characters at most. */
  note?: string | null | undefined;
  /** From 0 to 100, as your company rates calls. */
  rating?: number | null | undefined;
};

/** Narrows a list of calls; everything named must hold. */
export type CallFilter = {
  /** Calls this person handled. */
  agentId?: string | number | null | undefined;
  /** Calls of this customer. */
  customerId?: string | number | null | undefined;
  /** Who called whom. */
  direction?: CallDirection | null | undefined;
  /** Calls that began at this moment or later. */
  from?: string | null | undefined;
  /** Inbound calls nobody answered and nobody called back. */
  needsCallback?: boolean | null | undefined;
  /** Calls that ended in one of these ways. */
  outcome?: Array<CallOutcome> | null | undefined;
  /** Calls that stand in one of these states now. */
  status?: Array<CallStatus> | null | undefined;
  /** Calls of this team, as it was at the time of the call. */
  teamId?: string | number | null | undefined;
  /** Calls that began before this moment. */
  to?: string | null | undefined;
  /** Calls whose number matches no customer (未关联通话). */
  unlinked?: boolean | null | undefined;
};

/** How the call ended; null while it lives. */
export type CallOutcome =
  /** The caller hung up in the queue. */
  | 'ABANDONED'
  /** A person talked. */
  | 'ANSWERED'
  /** The other side was busy. */
  | 'BUSY'
  /** The calling side gave up. */
  | 'CANCELLED'
  /** The network had no way through. */
  | 'CONGESTION'
  /** A technical failure. */
  | 'FAILED'
  /** Forwarded elsewhere. */
  | 'FORWARDED'
  /** Its end was never reported. */
  | 'LOST'
  /** The number does not exist. */
  | 'NOT_FOUND'
  /** It rang and nobody picked up. */
  | 'NO_ANSWER'
  /** None of these. */
  | 'OTHER'
  /** Went to a voice mailbox. */
  | 'VOICEMAIL';

/** Where the call stands now. */
export type CallStatus =
  /** Two people can hear each other. */
  | 'ANSWERED'
  /** Set up, and ringing nowhere yet. */
  | 'DIALING'
  /** Over. */
  | 'ENDED'
  /** One side was put on hold. */
  | 'HELD'
  /** Waits in a queue. */
  | 'QUEUED'
  /** Rings at a person. */
  | 'RINGING';

/** How one was in touch. */
export type Channel =
  /** By messages, such as 企业微信. */
  | 'CHAT'
  | 'EMAIL'
  | 'OTHER'
  | 'PHONE'
  | 'VISIT';

/** What a customer agrees to, or does not. */
export type ConsentPurpose =
  /** Being called. */
  | 'CONTACT'
  /** Calls being recorded. */
  | 'RECORDING'
  /** Data being passed on to others. */
  | 'SHARING';

/** Where somebody stands on a question of consent. */
export type ConsentState =
  /** They were asked and did not agree. */
  | 'DECLINED'
  /** They agreed. */
  | 'GRANTED'
  /** Nothing is known. */
  | 'UNKNOWN'
  /** They agreed once and do no longer. */
  | 'WITHDRAWN';

/** A new customer. */
export type CreateCustomerInput = {
  /** Where they live or work. */
  address?: string | null | undefined;
  /** The company they belong to. */
  company?: string | null | undefined;
  /** They do not want to be called. */
  doNotCall?: boolean | null | undefined;
  /** Their e-mail address. */
  email?: string | null | undefined;
  /** The name, as people write it; titles and remarks are taken off. */
  name: string;
  /** Who cares for them. An agent: oneself. Left out by others: the pool (公海). */
  ownerId?: string | number | null | undefined;
  /** Their number, in any writing. Masked from then on. */
  phone: string;
  /** Where they came from. */
  source?: string | null | undefined;
  /** How far one is with them; LEAD when left out. */
  stage?: CustomerStage | null | undefined;
  /** Marks. */
  tags?: Array<string> | null | undefined;
};

/** Narrows a list of customers; everything named must hold. */
export type CustomerFilter = {
  /** Those put away instead of the others. */
  archived?: boolean | null | undefined;
  /** Customers who do not want to be called, or those who may be. */
  doNotCall?: boolean | null | undefined;
  /** These customers. */
  ids?: Array<string | number> | null | undefined;
  /** Customers nobody cares for (公海), or those somebody does. */
  inPool?: boolean | null | undefined;
  /** Part of the name; for those who may read names. */
  nameContains?: string | null | undefined;
  /** Customers this person cares for. */
  ownerId?: string | number | null | undefined;
  /** Exactly four digits, within readable rows; audited and limited. */
  phoneEndsWith?: string | null | undefined;
  /** Customers from exactly this source. */
  source?: string | null | undefined;
  /** Customers at one of these stages. */
  stage?: Array<CustomerStage> | null | undefined;
  /** Customers with exactly this tag. */
  tag?: string | null | undefined;
  /** Customers of this team. */
  teamId?: string | number | null | undefined;
  /** Customers changed at this moment or later. */
  updatedSince?: string | null | undefined;
};

/** What a list of customers is sorted by. */
export type CustomerOrder =
  /** First known first. */
  | 'CREATED_ASC'
  /** Last known first. */
  | 'CREATED_DESC'
  /** By name; for those who may read names. */
  | 'NAME_ASC'
  /** Longest unchanged first. */
  | 'UPDATED_ASC'
  /** Last changed first. */
  | 'UPDATED_DESC';

/** How far one is with a customer. */
export type CustomerStage =
  /** Somebody has talked with them. */
  | 'CONTACTED'
  /** Known, and nobody has talked with them yet. */
  | 'LEAD'
  /** They will not buy. */
  | 'LOST'
  /** They need what is sold. */
  | 'QUALIFIED'
  /** They bought. */
  | 'WON';

/** A deal to make or change. What is left out stays as it is. */
export type DealInput = {
  /** What it is worth. */
  amount?: string | null | undefined;
  /** What it costs; administrators only. */
  cost?: string | null | undefined;
  /** ISO 4217; CNY for a new deal. */
  currency?: string | null | undefined;
  /** Whose deal it is; needed for a new one. */
  customerId?: string | number | null | undefined;
  /** The deal to change; left out for a new one. */
  id?: string | number | null | undefined;
  /** The order number. */
  orderNo?: string | null | undefined;
  /** How far it is. */
  stage?: DealStage | null | undefined;
  /** What it is about. */
  title?: string | null | undefined;
  /** The version one read; needed to change. */
  version?: number | null | undefined;
};

/** How far a deal is. */
export type DealStage =
  /** Not sold. */
  | 'LOST'
  /** Not decided. */
  | 'OPEN'
  /** Sold. */
  | 'WON';

/** Who gave the feedback. */
export type FeedbackSource =
  | 'AGENT'
  | 'CUSTOMER';

/** Narrows a list of follow-ups; everything named must hold. */
export type FollowUpFilter = {
  /** Those of this customer. */
  customerId?: string | number | null | undefined;
  /** Those due before this moment. */
  dueBefore?: string | null | undefined;
  /** Those the viewer wrote. */
  mine?: boolean | null | undefined;
  /** Those not done yet, or those done. */
  open?: boolean | null | undefined;
};

/** What was, or is to be, done for a customer. */
export type FollowUpInput = {
  /** The call it came from. */
  callId?: string | number | null | undefined;
  /** How one was, or will be, in touch. */
  channel: Channel;
  /** The customer it is for. */
  customerId: string | number;
  /** When it is due; left out for what is done already. */
  dueAt?: string | null | undefined;
  /** In your words, 5,000 characters at most. */
  note?: string | null | undefined;
};

/** Whom to call: exactly one of these. */
export type PlaceCallInput = {
  /** A call whose number is rung back, whoever it belongs to. */
  callId?: string | number | null | undefined;
  /** A customer, at their first number. */
  customerId?: string | number | null | undefined;
  /** One of the numbers of a customer, by the id it has there. */
  phoneId?: string | number | null | undefined;
};

/** Whether the viewer may read the full value now, may ask for access to it, or neither. */
export type Reveal =
  | 'ALLOWED'
  | 'DENIED'
  | 'REQUESTABLE';

/** What a person does here; it decides what they may see and do. */
export type Role =
  /** Runs the hub. */
  | 'ADMIN'
  /** Talks with customers (坐席). */
  | 'AGENT'
  /** Reads figures and masked rows. */
  | 'ANALYST'
  /** Reads the audit and masked rows, and changes nothing. */
  | 'AUDITOR'
  /** A program with a token of its own. */
  | 'PROGRAM'
  /** Answers for their teams and all below them (主管). */
  | 'SUPERVISOR';

/** Changes to a customer. What is left out stays; null clears. */
export type UpdateCustomerInput = {
  /** A further number, in any writing; it replaces none. */
  addPhone?: string | null | undefined;
  /** Where they live or work. */
  address?: string | null | undefined;
  /** The company. */
  company?: string | null | undefined;
  /** Whether they do not want to be called. To call them again needs a reason, and a supervisor. */
  doNotCall?: boolean | null | undefined;
  /** The e-mail address. */
  email?: string | null | undefined;
  /** Custom fields to set, by key; null takes one away. */
  extra?: unknown;
  /** The customer. */
  id: string | number;
  /** Supervisors and administrators only; never synced. */
  internalNote?: string | null | undefined;
  /** The name. */
  name?: string | null | undefined;
  /** Why they may be called again. */
  reason?: string | null | undefined;
  /** Where they came from. */
  source?: string | null | undefined;
  /** How far one is with them. */
  stage?: CustomerStage | null | undefined;
  /** The stage in the CRM's own words. */
  stageLabel?: string | null | undefined;
  /** All marks; these replace those before. */
  tags?: Array<string> | null | undefined;
  /** The version one read; an older one is refused with CONFLICT. */
  version: number;
};

export type AuditTrailQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditTrailQuery = { auditTrail: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ at: string, kind: AuditKind, action: string, subjectType: string | null, subjectId: string | null, fields: Array<string> | null, actor: { id: string, name: string | null } | null }> | null } | null };

export type CallsQueryVariables = Exact<{
  filter?: CallFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CallsQuery = { calls: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, direction: CallDirection | null, status: CallStatus | null, outcome: CallOutcome | null, queue: string | null, startedAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, customerPhone: { masked: string, region: string | null } | null, customer: { id: string, name: string | null } | null, agent: { id: string, name: string | null } | null }> | null } | null };

export type PlaceCallMutationVariables = Exact<{
  input: PlaceCallInput;
}>;


export type PlaceCallMutation = { placeCall: { call: { id: string, status: CallStatus | null, direction: CallDirection | null, customerPhone: { masked: string, region: string | null } | null, customer: { id: string, name: string | null } | null, agent: { id: string } | null } | null } | null };

export type HangUpMutationVariables = Exact<{
  callId: string | number;
}>;


export type HangUpMutation = { hangUp: { call: { id: string, status: CallStatus | null } | null } | null };

export type DispositionsQueryVariables = Exact<{ [key: string]: never; }>;


export type DispositionsQuery = { dispositions: Array<{ id: string, name: string, active: boolean }> | null };

export type GiveCallFeedbackMutationVariables = Exact<{
  input: CallFeedbackInput;
}>;


export type GiveCallFeedbackMutation = { giveCallFeedback: { call: { id: string, disposition: string | null, feedback: Array<{ source: FeedbackSource, rating: number | null, note: string | null, at: string }> | null } | null } | null };

export type ConsentsQueryVariables = Exact<{
  customerId: string | number;
}>;


export type ConsentsQuery = { customer: { id: string, doNotCall: boolean | null, consents: Array<{ purpose: ConsentPurpose, state: ConsentState, at: string, evidence: string | null }> | null } | null };

export type SetConsentMutationVariables = Exact<{
  customerId: string | number;
  purpose: ConsentPurpose;
  state: ConsentState;
  evidence: string;
}>;


export type SetConsentMutation = { setConsent: { consent: { purpose: ConsentPurpose, state: ConsentState, at: string } | null } | null };

export type CustomerQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerQuery = { customer: { id: string, version: number, name: string | null, company: string | null, stage: CustomerStage | null, phone: { id: string, masked: string, region: string | null, carrier: string | null, reveal: Reveal } | null, otherPhones: Array<{ id: string, masked: string }> | null, email: { masked: string, reveal: Reveal } | null, address: { masked: string, reveal: Reveal } | null, owner: { id: string, name: string | null } | null, followUps: { nodes: Array<{ id: string, channel: Channel, note: string | null, createdAt: string, author: { id: string, name: string | null } | null }> | null } | null, deals: { nodes: Array<{ id: string, title: string | null, stage: DealStage | null, amount: { amount: string, currency: string } | null }> | null } | null, calls: { nodes: Array<{ id: string, direction: CallDirection | null, outcome: CallOutcome | null, startedAt: string | null, talkSeconds: number | null, agent: { id: string, name: string | null } | null }> | null } | null } | null };

export type CreateCustomerMutationVariables = Exact<{
  input: CreateCustomerInput;
}>;


export type CreateCustomerMutation = { createCustomer: { customer: { id: string, version: number, name: string | null, phone: { id: string, masked: string } | null, owner: { id: string } | null, team: { id: string } | null } | null } | null };

export type UpdateCustomerMutationVariables = Exact<{
  input: UpdateCustomerInput;
}>;


export type UpdateCustomerMutation = { updateCustomer: { customer: { id: string, version: number } | null } | null };

export type AssignCustomerMutationVariables = Exact<{
  id: string | number;
  agentId?: string | number | null | undefined;
}>;


export type AssignCustomerMutation = { assignCustomer: { customer: { id: string, version: number, owner: { id: string } | null } | null } | null };

export type CustomersQueryVariables = Exact<{
  filter?: CustomerFilter | null | undefined;
  orderBy?: CustomerOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomersQuery = { customers: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: number, name: string | null, stage: CustomerStage | null, tags: Array<string> | null, doNotCall: boolean | null, updatedAt: string | null, phone: { id: string, masked: string, region: string | null, carrier: string | null, reveal: Reveal } | null, owner: { id: string, name: string | null } | null, team: { id: string, name: string } | null }> | null } | null };

export type SaveDealMutationVariables = Exact<{
  input: DealInput;
}>;


export type SaveDealMutation = { saveDeal: { deal: { id: string, version: number, orderNo: string | null, title: string | null, stage: DealStage | null, closedAt: string | null, amount: { amount: string, currency: string } | null } | null } | null };

export type AddFollowUpMutationVariables = Exact<{
  input: FollowUpInput;
}>;


export type AddFollowUpMutation = { addFollowUp: { followUp: { id: string, channel: Channel, note: string | null, dueAt: string | null, doneAt: string | null, author: { id: string } | null, customer: { id: string } | null, call: { id: string } | null } | null } | null };

export type CompleteFollowUpMutationVariables = Exact<{
  id: string | number;
}>;


export type CompleteFollowUpMutation = { completeFollowUp: { followUp: { id: string, doneAt: string | null } | null } | null };

export type FollowUpsQueryVariables = Exact<{
  filter?: FollowUpFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowUpsQuery = { followUps: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, channel: Channel, note: string | null, dueAt: string | null, doneAt: string | null, call: { id: string, direction: CallDirection | null } | null }> | null } | null };

export type LiveSubscriptionVariables = Exact<{
  filter?: CallFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type LiveSubscription = { callUpdated: { cursor: string, at: string, kind: CallEventKind, lagged: number | null, call: { id: string, status: CallStatus | null, direction: CallDirection | null, startedAt: string | null, customerPhone: { masked: string, region: string | null } | null, candidates: Array<{ id: string, name: string | null } | null> | null, customer: { id: string, name: string | null, phone: { masked: string, region: string | null } | null, followUps: { nodes: Array<{ note: string | null, createdAt: string }> | null } | null } | null, agent: { id: string, name: string | null } | null } | null } | null };

export type CustomersByPhoneQueryVariables = Exact<{
  number: string;
}>;


export type CustomersByPhoneQuery = { customersByPhone: Array<{ id: string, name: string | null, phone: { masked: string } | null }> | null };

export type LinkCallMutationVariables = Exact<{
  callId: string | number;
  customerId: string | number;
}>;


export type LinkCallMutation = { linkCall: { call: { id: string, customer: { id: string, name: string | null } | null, candidates: Array<{ id: string, name: string | null } | null> | null } | null } | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, name: string, role: Role, team: { id: string, name: string } | null, supervises: Array<{ id: string, name: string }>, grants: Array<{ id: string, automatic: boolean, endsAt: string }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const AuditTrailDocument = new TypedDocumentString(`
    query AuditTrail($filter: AuditFilter, $first: Int, $after: Cursor) {
  auditTrail(filter: $filter, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      at
      kind
      action
      subjectType
      subjectId
      fields
      actor {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AuditTrailQuery, AuditTrailQueryVariables>;
export const CallsDocument = new TypedDocumentString(`
    query Calls($filter: CallFilter, $first: Int, $after: Cursor) {
  calls(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      direction
      status
      outcome
      queue
      startedAt
      answeredAt
      endedAt
      talkSeconds
      customerPhone {
        masked
        region
      }
      customer {
        id
        name
      }
      agent {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CallsQuery, CallsQueryVariables>;
export const PlaceCallDocument = new TypedDocumentString(`
    mutation PlaceCall($input: PlaceCallInput!) {
  placeCall(input: $input) {
    call {
      id
      status
      direction
      customerPhone {
        masked
        region
      }
      customer {
        id
        name
      }
      agent {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceCallMutation, PlaceCallMutationVariables>;
export const HangUpDocument = new TypedDocumentString(`
    mutation HangUp($callId: ID!) {
  hangUp(callId: $callId) {
    call {
      id
      status
    }
  }
}
    `) as unknown as TypedDocumentString<HangUpMutation, HangUpMutationVariables>;
export const DispositionsDocument = new TypedDocumentString(`
    query Dispositions {
  dispositions {
    id
    name
    active
  }
}
    `) as unknown as TypedDocumentString<DispositionsQuery, DispositionsQueryVariables>;
export const GiveCallFeedbackDocument = new TypedDocumentString(`
    mutation GiveCallFeedback($input: CallFeedbackInput!) {
  giveCallFeedback(input: $input) {
    call {
      id
      disposition
      feedback {
        source
        rating
        note
        at
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GiveCallFeedbackMutation, GiveCallFeedbackMutationVariables>;
export const ConsentsDocument = new TypedDocumentString(`
    query Consents($customerId: ID!) {
  customer(id: $customerId) {
    id
    doNotCall
    consents {
      purpose
      state
      at
      evidence
    }
  }
}
    `) as unknown as TypedDocumentString<ConsentsQuery, ConsentsQueryVariables>;
export const SetConsentDocument = new TypedDocumentString(`
    mutation SetConsent($customerId: ID!, $purpose: ConsentPurpose!, $state: ConsentState!, $evidence: String!) {
  setConsent(
    customerId: $customerId
    purpose: $purpose
    state: $state
    evidence: $evidence
  ) {
    consent {
      purpose
      state
      at
    }
  }
}
    `) as unknown as TypedDocumentString<SetConsentMutation, SetConsentMutationVariables>;
export const CustomerDocument = new TypedDocumentString(`
    query Customer($id: ID!) {
  customer(id: $id) {
    id
    version
    name
    company
    stage
    phone {
      id
      masked
      region
      carrier
      reveal
    }
    otherPhones {
      id
      masked
    }
    email {
      masked
      reveal
    }
    address {
      masked
      reveal
    }
    owner {
      id
      name
    }
    followUps(first: 5) {
      nodes {
        id
        channel
        note
        createdAt
        author {
          id
          name
        }
      }
    }
    deals(first: 5) {
      nodes {
        id
        title
        stage
        amount {
          amount
          currency
        }
      }
    }
    calls(first: 5) {
      nodes {
        id
        direction
        outcome
        startedAt
        talkSeconds
        agent {
          id
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerQuery, CustomerQueryVariables>;
export const CreateCustomerDocument = new TypedDocumentString(`
    mutation CreateCustomer($input: CreateCustomerInput!) {
  createCustomer(input: $input) {
    customer {
      id
      version
      name
      phone {
        id
        masked
      }
      owner {
        id
      }
      team {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateCustomerMutation, CreateCustomerMutationVariables>;
export const UpdateCustomerDocument = new TypedDocumentString(`
    mutation UpdateCustomer($input: UpdateCustomerInput!) {
  updateCustomer(input: $input) {
    customer {
      id
      version
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateCustomerMutation, UpdateCustomerMutationVariables>;
export const AssignCustomerDocument = new TypedDocumentString(`
    mutation AssignCustomer($id: ID!, $agentId: ID) {
  assignCustomer(id: $id, agentId: $agentId) {
    customer {
      id
      version
      owner {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AssignCustomerMutation, AssignCustomerMutationVariables>;
export const CustomersDocument = new TypedDocumentString(`
    query Customers($filter: CustomerFilter, $orderBy: CustomerOrder, $first: Int, $after: Cursor) {
  customers(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      version
      name
      stage
      tags
      doNotCall
      phone {
        id
        masked
        region
        carrier
        reveal
      }
      owner {
        id
        name
      }
      team {
        id
        name
      }
      updatedAt
    }
  }
}
    `) as unknown as TypedDocumentString<CustomersQuery, CustomersQueryVariables>;
export const SaveDealDocument = new TypedDocumentString(`
    mutation SaveDeal($input: DealInput!) {
  saveDeal(input: $input) {
    deal {
      id
      version
      orderNo
      title
      stage
      closedAt
      amount {
        amount
        currency
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SaveDealMutation, SaveDealMutationVariables>;
export const AddFollowUpDocument = new TypedDocumentString(`
    mutation AddFollowUp($input: FollowUpInput!) {
  addFollowUp(input: $input) {
    followUp {
      id
      channel
      note
      dueAt
      doneAt
      author {
        id
      }
      customer {
        id
      }
      call {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AddFollowUpMutation, AddFollowUpMutationVariables>;
export const CompleteFollowUpDocument = new TypedDocumentString(`
    mutation CompleteFollowUp($id: ID!) {
  completeFollowUp(id: $id) {
    followUp {
      id
      doneAt
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteFollowUpMutation, CompleteFollowUpMutationVariables>;
export const FollowUpsDocument = new TypedDocumentString(`
    query FollowUps($filter: FollowUpFilter, $first: Int, $after: Cursor) {
  followUps(filter: $filter, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      channel
      note
      dueAt
      doneAt
      call {
        id
        direction
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FollowUpsQuery, FollowUpsQueryVariables>;
export const LiveDocument = new TypedDocumentString(`
    subscription Live($filter: CallFilter, $after: Cursor) {
  callUpdated(filter: $filter, after: $after) {
    cursor
    at
    kind
    lagged
    call {
      id
      status
      direction
      startedAt
      customerPhone {
        masked
        region
      }
      candidates {
        id
        name
      }
      customer {
        id
        name
        phone {
          masked
          region
        }
        followUps(first: 3) {
          nodes {
            note
            createdAt
          }
        }
      }
      agent {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSubscription, LiveSubscriptionVariables>;
export const CustomersByPhoneDocument = new TypedDocumentString(`
    query CustomersByPhone($number: String!) {
  customersByPhone(number: $number) {
    id
    name
    phone {
      masked
    }
  }
}
    `) as unknown as TypedDocumentString<CustomersByPhoneQuery, CustomersByPhoneQueryVariables>;
export const LinkCallDocument = new TypedDocumentString(`
    mutation LinkCall($callId: ID!, $customerId: ID!) {
  linkCall(callId: $callId, customerId: $customerId) {
    call {
      id
      customer {
        id
        name
      }
      candidates {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LinkCallMutation, LinkCallMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    name
    role
    team {
      id
      name
    }
    supervises {
      id
      name
    }
    grants {
      id
      automatic
      endsAt
    }
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;