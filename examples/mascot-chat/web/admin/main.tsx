import './styles/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App } from './app/app.tsx'

const place = document.getElementById('admin')
if (place === null) throw new Error('The page has no element `admin`.')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
