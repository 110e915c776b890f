import { DirectiveLocation, GraphQLDirective } from 'graphql'

/** Marks a type whose fields are those of a database row: each field is shown only where a rule names it. */
export const rowDirective = new GraphQLDirective({
  name: 'row',
  description: 'A database row: each of its fields is shown only where a rule of the viewer names it.',
  locations: [DirectiveLocation.OBJECT],
})

/** Marks text written by people, in which personal values may have been pasted. */
export const freeTextDirective = new GraphQLDirective({
  name: 'freeText',
  description: 'Text written by people: personal values in it are masked for viewers who may not reveal them.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
})

/** Marks a person's name, which some roles see as `王*`. */
export const nameDirective = new GraphQLDirective({
  name: 'personName',
  description: 'A name: shown masked to viewers who may read it masked only.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
})

export const guardDirectives = [rowDirective, freeTextDirective, nameDirective]
