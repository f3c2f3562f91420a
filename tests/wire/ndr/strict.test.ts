/** Replies of every call: cut at each octet, lengthened, damaged, and written down octet by octet. */
import { expect, test } from 'vitest';
import { replies } from './calls.ts';
import { errorOf, expectStrict, expectWholeTrace } from './stubs.ts';

test.for(replies)('$name is read strictly', ({ stub, decode }) => {
  expectStrict(stub, decode);
});

test.for(replies)('$name is in the trace whole', ({ stub, decode }) => {
  expectWholeTrace(stub, decode);
});

/** Every number of 32 bits at its largest: as count, as length, as pointer. */
test.for(replies)('$name with the largest numbers ends at once', ({ stub, decode }) => {
  for (let at = 0; at + 4 <= stub.length; at += 4) {
    const bytes = stub.slice().fill(0xff, at, at + 4);
    const start = performance.now();
    try {
      decode(bytes);
    } catch {
      expect(errorOf(() => decode(bytes)).reason.length).toBeLessThan(200);
    }
    expect(performance.now() - start).toBeLessThan(500);
  }
});
