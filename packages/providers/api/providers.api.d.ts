// The public types of @imrs/providers. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/providers";

export { entryName };
