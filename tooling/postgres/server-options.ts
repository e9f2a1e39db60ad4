/** How a server of a test's own is made. */
export interface ServerOptions {
  /** Settings in place of the usual ones; `{folder}` in them is the folder of the files. Default: none. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** Files that settings name, by name. Readable by the server alone. Default: none. */
  readonly files?: Readonly<Record<string, string>> | undefined
  /** Lines that stand before the others in `pg_hba.conf`, by which everybody may come in. Default: none. */
  readonly hba?: readonly string[] | undefined
  /** A folder with a cluster, which becomes the server's. Default: a new cluster. */
  readonly data?: string | undefined
}
