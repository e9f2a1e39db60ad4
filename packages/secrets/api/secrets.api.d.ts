// The public types of @imrs/secrets. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/secrets";

export { entryName };
