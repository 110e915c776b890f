/** Head of every subgraph's SDL: the version of federation it speaks, and the directives it may use. */
export const FEDERATION_LINK = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.7"
    import: [
      "@key"
      "@shareable"
      "@external"
      "@requires"
      "@provides"
      "@inaccessible"
      "@override"
      "@tag"
      "@interfaceObject"
      "@composeDirective"
    ]
  )`
