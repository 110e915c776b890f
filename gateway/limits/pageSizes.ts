import { type DocumentNode, Kind, type ValueNode, visit } from 'graphql'

const PAGE_ARGUMENTS = new Set(['first', 'last'])

/** The page sizes a document asks for: the largest that is written in it, and the variables that hold others. */
export interface PageSizes {
  largest: number
  variables: readonly string[]
}

export function pageSizesOf(document: DocumentNode): PageSizes {
  let largest = 0
  const variables = new Set<string>()
  const note = (value: ValueNode | undefined) => {
    if (value?.kind === Kind.INT) largest = Math.max(largest, Number(value.value))
    else if (value?.kind === Kind.VARIABLE) variables.add(value.name.value)
  }
  visit(document, {
    Argument: ({ name, value }) => {
      if (PAGE_ARGUMENTS.has(name.value)) note(value)
    },
  })
  visit(document, {
    VariableDefinition: ({ variable, defaultValue }) => {
      if (variables.has(variable.name.value)) note(defaultValue)
    },
  })
  return { largest, variables: [...variables] }
}

/** The largest page these variables ask for. */
export function largestPage({ largest, variables }: PageSizes, values: Record<string, unknown>): number {
  return variables.reduce((most, name) => {
    const value = values[name]
    return typeof value === 'number' ? Math.max(most, value) : most
  }, largest)
}
