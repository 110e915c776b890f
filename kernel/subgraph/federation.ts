/**
 * Head of every subgraph's SDL: the version of federation it speaks, and the directives it may use. 2.3 has all that is used here, and any
 * router understands it.
 */
export const FEDERATION_LINK = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.3"
    import: [
      "@key"
      "@shareable"
      "@external"
      "@extends"
      "@requires"
      "@provides"
      "@inaccessible"
      "@override"
      "@tag"
      "@interfaceObject"
      "@composeDirective"
    ]
  )`
