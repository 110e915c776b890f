// Lets Node run the sources as they are: imports say `.js`, as they will be called once built.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => {
    if (!specifier.startsWith('.') || !context.parentURL?.endsWith('.ts')) return next(specifier, context)
    return next(specifier.replace(/\.js$/, '.ts'), context)
  },
})
