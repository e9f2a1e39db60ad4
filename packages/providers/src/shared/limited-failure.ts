/** More than any provider needs to say what went wrong. */
const MAX_BYTES = 256 * 1024

/**
 * The same answer; one that tells of a failure ends after 256 KB, whatever is sent. Client libraries
 * read such bodies whole.
 */
export function limitedFailure(response: Response): Response {
  if (response.ok || response.body === null) return response
  const { status, statusText, headers } = response
  let left = MAX_BYTES
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      controller.enqueue(chunk.subarray(0, left))
      left -= chunk.byteLength
      if (left <= 0) controller.terminate()
    },
  })
  return new Response(response.body.pipeThrough(limit), { status, statusText, headers })
}
