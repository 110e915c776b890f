import graphql from '@graphql-eslint/eslint-plugin'

const parserOptions = { graphQLConfig: { schema: 'schema/api.graphql', documents: 'schema/operations/*.graphql' } }

// The schema as clients see it: graphql-eslint's recommended rules and those of Relay's connections.
export default [
  {
    files: ['schema/api.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      // What is no row has no id.
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          exceptions: {
            types: [
              'AccessExplanation',
              'CallFeedback',
              'Consent',
              'EmailAddress',
              'ExternalId',
              'Money',
              'PageInfo',
              'SensitiveText',
              'TimeSpan',
              'UnlinkedRate',
            ],
            suffixes: ['Connection', 'Edge', 'Event', 'Payload'],
          },
        },
      ],
      // Connections carry `nodes` beside `edges`, and `after` without `before`: lists are read forwards only.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
  {
    files: ['schema/operations/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions },
    rules: {
      ...graphql.configs['flat/operations-recommended'].rules,
      // Ids are asked for where a client keeps rows by them, not in every leaf.
      '@graphql-eslint/require-selections': 'off',
    },
  },
]
