// The public types of @imrs/testing. Written by `npm run api:update`.

// ---- contracts.d.ts ----

declare const entryName = "@imrs/testing/contracts";

export { entryName };

// ---- host.d.ts ----

declare const entryName = "@imrs/testing/host";

export { entryName };

// ---- simulator.d.ts ----

declare const entryName = "@imrs/testing/simulator";

export { entryName };
