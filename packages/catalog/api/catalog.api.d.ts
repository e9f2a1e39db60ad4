// The public types of @imrs/catalog. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/catalog";

export { entryName };
