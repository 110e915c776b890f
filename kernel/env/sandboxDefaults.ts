/**
 * Keys anyone can read here, so that a trial needs no setting. They protect nothing: production refuses them, and data that was
 * written under them must not be carried over.
 */
export const sandboxKeys = [
  'sandbox:aHViIHNhbmRib3gga2V5LCBwcm90ZWN0cyBub3RoaW4=',
  'index:aHViIHNhbmRib3ggaW5kZXgsIHByb3RlY3RzIG5vbmU=',
].join(',')

/** Whom the sandbox's issuer says it is. Nobody can own a name that ends in `.invalid`. */
export const sandboxIssuer = 'https://sandbox.invalid/'
export const sandboxAudience = 'hub'
