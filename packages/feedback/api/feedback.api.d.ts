// The public types of @imrs/feedback. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/feedback";

export { entryName };
