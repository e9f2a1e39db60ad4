import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'

import { sizeText } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'

interface FileChipProps {
  readonly name: string
  readonly mediaType: string
  /** Base64. */
  readonly data: string
  readonly onRemove?: (() => void) | undefined
}

/** A file: small and with its name; an image shows itself. */
export function FileChip({ name, mediaType, data, onRemove }: FileChipProps): ReactElement {
  const url = useImage(mediaType, data)
  return (
    <span className="file-chip">
      {url === undefined ? <Icon name="file" /> : <img src={url} alt="" />}
      <span className="file-name">{name}</span>
      <span className="file-size">{sizeText(data.length * 0.75)}</span>
      {onRemove !== undefined && (
        <button type="button" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Icon name="cross" />
        </button>
      )}
    </span>
  )
}

/** The address of an image in the page's memory. */
function useImage(mediaType: string, data: string): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!mediaType.startsWith('image/') || data.startsWith('https:')) return undefined
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
    const made = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [mediaType, data])
  return url
}
