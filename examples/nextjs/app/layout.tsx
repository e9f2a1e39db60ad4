import '@imrs/react/styles.css'
import './styles.css'
import { ModelProvider } from '@imrs/react'
import type { ReactNode } from 'react'

export const metadata = { title: 'IMRS in Next.js' }

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <ModelProvider>{children}</ModelProvider>
      </body>
    </html>
  )
}
