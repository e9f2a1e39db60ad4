/**
 * A stream that asks the generator for a part when its own reader asks for one, and for no more.
 * Cancelling it calls `leave`, also while a part is waited for, and also before the first.
 */
export function toReadableStream<Part>(
  parts: AsyncGenerator<Part, void, void>,
  leave: () => Promise<void>,
): ReadableStream<Part> {
  return new ReadableStream<Part>(
    {
      pull: async (controller) => {
        const { done, value } = await parts.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  )
}
