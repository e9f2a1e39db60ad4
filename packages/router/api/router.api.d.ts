// The public types of @imrs/router. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/router";

export { entryName };
