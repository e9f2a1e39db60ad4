// The public types of @imrs/cli. Written by `npm run api:update`.

// ---- index.d.ts ----

import { Readable } from 'node:stream';
import { Runtime } from '@imrs/core';
import { RouterOptions } from '@imrs/router';

/** The part of a stream that the command line writes to. */
interface OutputStream {
    write(text: string, done: (error?: Error | null) => void): boolean;
    /** Whether a person looks at it. */
    readonly isTTY?: boolean | undefined;
    on(event: 'error', listener: (error: Error) => void): unknown;
    off(event: 'error', listener: (error: Error) => void): unknown;
}

/** The part of the standard input that is read. */
type InputStream = Readable & {
    /** Whether a person types. */
    readonly isTTY?: boolean | undefined;
    /** Present on a terminal: keys are given one by one and not shown. */
    setRawMode?(isRaw: boolean): unknown;
};
/** One call of the command line, and the world it is made in. */
interface CommandLine {
    /** Behind the command's name. */
    readonly parameters: readonly string[];
    readonly stdin: InputStream;
    readonly stdout: OutputStream;
    readonly stderr: OutputStream;
    /** What relative paths begin at, and where the configuration lies. */
    readonly folder: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Ends the command. Default: it ends by itself. */
    readonly signal?: AbortSignal | undefined;
    /** Time, chance and the network. Default: the real world. */
    readonly runtime?: Runtime | undefined;
}

/**
 * Runs one command and gives the code to exit with: 0 for done, 1 for failed, 2 for a command line
 * that makes no sense, 130 when it was stopped. Never rejects, and ends nothing but what it opened.
 *
 * Results go to `stdout`, everything else to `stderr`. When whoever reads `stdout` goes away, the
 * command ends with 0 and says nothing. May be called several times at once.
 */
declare function runCommandLine(line: CommandLine): Promise<number>;

/** What a configuration exports by default: called once for each command. */
type RouterConfig = () => RouterOptions | Promise<RouterOptions>;

export { runCommandLine };
export type { CommandLine, InputStream, OutputStream, RouterConfig };
