/** Answers that no client can read, each made out of a right one. */
import type { CallBend } from './association.ts';

type Answers = NonNullable<CallBend['answers']>;

const change =
  (name: string, bend: (stub: Buffer) => Buffer): Answers =>
  (call, stub) =>
    call === name ? bend(stub) : stub;

/** Behind a handle, four numbers and a pointer there is a string with two billion characters. */
export const hugeString = (call: 'EcDoConnectEx'): Answers =>
  change(call, (stub) => {
    const changed = Buffer.from(stub);
    // How many there could be, where they begin, and how many there are.
    [0x7fffffff, 0, 0x7fffffff].forEach((number, index) => void changed.writeUInt32LE(number, 40 + index * 4));
    return changed;
  });

/** Ends where half of it is done. */
export const halved = (call: string): Answers => change(call, (stub) => stub.subarray(0, stub.length >> 1));

/** Goes on where it should have ended. */
export const tooLong = (call: string): Answers => change(call, (stub) => Buffer.concat([stub, Buffer.alloc(64, 0x4c)]));
