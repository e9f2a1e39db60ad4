const KEY = 'mascot-chat.history.v1'
const LIMIT = 200

/** The conversation as it was left; empty when there is none or it cannot be read. */
export function loadHistory() {
  try {
    const records = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    if (!Array.isArray(records)) return []
    return records
      .filter((record) => record?.role === 'user' || record?.role === 'assistant')
      .map(settle)
  } catch {
    return []
  }
}

/** An answer that was being given when the page went away has stopped. */
function settle(record) {
  return record.state === 'streaming' ? { ...record, state: 'stopped' } : record
}

/** Keeps the newest. A browser that refuses storage costs the history, nothing else. */
export function saveHistory(records) {
  try {
    localStorage.setItem(KEY, JSON.stringify(records.slice(-LIMIT)))
  } catch {
    // Full or forbidden.
  }
}
