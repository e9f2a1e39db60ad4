/** The agent that answers when the request names none. */
export const MASCOT_AGENT = 'mascot'
