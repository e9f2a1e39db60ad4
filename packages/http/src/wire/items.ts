import { z } from 'zod'

/** A list as it travels. */
export interface ItemsWire<Item> {
  readonly items: readonly Item[]
}

export function itemsOf<Item>(item: z.ZodType<Item>): z.ZodType<ItemsWire<Item>> {
  return z.object({ items: z.array(item) })
}
