import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** The page loads nothing from elsewhere and runs nothing that is written inside it. */
export function securityHeaders(): RequestHandler {
  const self = ["'self'"]
  const none = ["'none'"]
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        // Files that somebody attaches are shown from the page's own memory.
        imgSrc: [...self, 'blob:'],
        connectSrc: self,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // The example speaks plain HTTP; whoever puts TLS in front decides this there.
    strictTransportSecurity: false,
  })
}
