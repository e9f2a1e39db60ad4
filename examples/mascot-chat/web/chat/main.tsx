import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App } from './app/app.tsx'

const place = document.getElementById('chat')
if (place === null) throw new Error('The page has no element `chat`.')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
