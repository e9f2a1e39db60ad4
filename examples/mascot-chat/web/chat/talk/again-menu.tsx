import { Menu } from '@base-ui/react/menu'
import { useModels } from '@imrs/react'
import type { ReactElement } from 'react'

import { useConfig, useDirectory } from '../app/config.tsx'
import { Icon } from '../ui/icon.tsx'

interface AgainMenuProps {
  readonly onAgain: (model: string) => void
}

/** Asks again, with another model for this answer alone. */
export function AgainMenu({ onAgain }: AgainMenuProps): ReactElement {
  const { models: entries } = useConfig()
  const { models } = useModels()
  const directory = useDirectory()
  const infos = new Map(models.map((info) => [info.id, info]))
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        className="again-with"
        title="Answer again with another model"
        aria-label="Answer again with another model"
      >
        <Icon name="model" />
        <Icon name="chevron" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" sideOffset={4} align="start">
          <Menu.Popup className="menu">
            <Menu.Item className="menu-item" onClick={() => onAgain('auto')}>
              Auto
            </Menu.Item>
            {entries.map(({ id }) => {
              const info = infos.get(id)
              const isDisabled = info !== undefined && directory.describe(info).isDisabled === true
              return (
                <Menu.Item
                  key={id}
                  className="menu-item"
                  disabled={isDisabled}
                  onClick={() => onAgain(id)}
                >
                  {directory.nameOf(id)}
                </Menu.Item>
              )
            })}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
