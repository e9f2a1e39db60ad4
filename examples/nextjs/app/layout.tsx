import '@imrs/react/styles.css'
import './styles.css'
import type { ReactElement, ReactNode } from 'react'

export const metadata = { title: 'IMRS in Next.js' }

export default function Layout({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
