/** One wrong password costs one failed sign-in, and a host without a mark of a mail system gets none. */
import { describe, expect, test } from 'vitest';
import { type Candidate, CredentialBudget, type Permit } from '#lib/auth/budget.ts';
import { marksOfMailSystem } from '#lib/auth/marks.ts';
import { decodeChallenges } from '#lib/wire/http/challenge.ts';

type Granted = Permit & { granted: true };

const DIRECTORY = 'domain contoso';
const plain: Candidate = { authority: DIRECTORY, marks: ['offers NTLM'] };
const better: Candidate = { authority: DIRECTORY, marks: ['offers NTLM', 'sends x-feserver'] };
const elsewhere: Candidate = { authority: 'realm x of other.test', marks: ['offers NTLM'] };
const stranger: Candidate = { authority: 'realm WHM of panel.test', marks: [] };

const refused = { granted: false, reason: 'refused-elsewhere' };
const unmarked = { granted: false, reason: 'no-mark-of-a-mail-system' };

/** Lets everything happen that does not wait for something outside. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A budget whose waits end when the test says so. */
class Timed {
  readonly #waits: (() => void)[] = [];
  readonly budget: CredentialBudget;

  constructor(toUnmarked = false) {
    const wait = (): Promise<void> => new Promise((resolve) => this.#waits.push(resolve));
    this.budget = new CredentialBudget({ toUnmarked, wait });
    // More are on the way than ever come: a contest ends with its time.
    for (let other = 0; other < 10; other += 1) this.budget.approach();
  }

  /** Ends every wait that has begun, and lets happen what follows. */
  async pass(): Promise<void> {
    await settled();
    for (const end of this.#waits.splice(0)) end();
    await settled();
  }

  /** Asks, and keeps what comes in time. */
  ask(candidate: Candidate): { got: Permit | null } {
    const asked: { got: Permit | null } = { got: null };
    void this.budget.permit(candidate).then((permit) => {
      asked.got = permit;
    });
    return asked;
  }

  /** The first of all to ask, with nobody beside it. */
  async first(candidate: Candidate = plain): Promise<Granted> {
    const asked = this.ask(candidate);
    await this.pass();
    return granted(asked);
  }

  async proven(): Promise<void> {
    (await this.first()).settle('proven');
  }
}

function granted({ got }: { readonly got: Permit | null }): Granted {
  if (got === null || !got.granted) throw new Error(`not granted: ${got === null ? 'still waiting' : got.reason}`);
  return got;
}

describe('the first proof', () => {
  test('goes to the one that looks most like a mail system, whoever asked first, while the others wait', async () => {
    const timed = new Timed();
    const asked = [plain, elsewhere, better, plain].map((each) => timed.ask(each));
    await settled();
    expect(asked.map(({ got }) => got)).toEqual([null, null, null, null]);
    await timed.pass();
    expect(asked.map(({ got }) => got?.granted)).toEqual([undefined, undefined, true, undefined]);
  });

  test('goes to the first of equals', async () => {
    const timed = new Timed();
    const asked = [plain, elsewhere, plain].map((each) => timed.ask(each));
    await timed.pass();
    expect(asked.map(({ got }) => got?.granted)).toEqual([true, undefined, undefined]);
  });

  test('is not taken from the one that has begun by a better one that comes late', async () => {
    const timed = new Timed();
    await timed.first();
    const late = timed.ask(better);
    await timed.pass();
    expect(late.got).toBeNull();
  });

  test('that is refused is the only use of the credential, at whatever authority', async () => {
    const timed = new Timed();
    const waiting = [plain, better, elsewhere].map((each) => timed.ask(each));
    await timed.pass();
    granted(waiting[1] ?? { got: null }).settle('refused');
    await timed.pass();
    expect([waiting[0]?.got, waiting[2]?.got]).toEqual([refused, refused]);
    expect(await timed.budget.permit(better)).toEqual(refused);
    expect(await timed.budget.permit(elsewhere)).toEqual(refused);
  });

  test('that proves it right lets all others use it', async () => {
    const timed = new Timed();
    const waiting = [plain, better, plain].map((each) => timed.ask(each));
    await timed.pass();
    granted(waiting[1] ?? { got: null }).settle('proven');
    await settled();
    expect(waiting.map(({ got }) => got?.granted)).toEqual([true, true, true]);
  });

  test('that tells nothing leaves it to the next one, and to that alone', async () => {
    const timed = new Timed();
    const first = await timed.first(better);
    const waiting = [plain, elsewhere, better].map((each) => timed.ask(each));
    first.settle('unknown');
    await timed.pass();
    expect(waiting.map(({ got }) => got?.granted)).toEqual([undefined, undefined, true]);
    granted(waiting[2] ?? { got: null }).settle('refused');
    await timed.pass();
    expect(waiting.slice(0, 2).map(({ got }) => got)).toEqual([refused, refused]);
  });
});

describe('a contest ends before its time', () => {
  const never = (): Promise<void> => new Promise(() => undefined);

  test('where nobody else is on the way', async () => {
    const budget = new CredentialBudget({ wait: never });
    expect((await budget.permit(plain)).granted).toBe(true);
  });

  test('when all that were on the way have asked, or will not', async () => {
    const budget = new CredentialBudget({ wait: never });
    const [, , through] = [budget.approach(), budget.approach(), budget.approach()];
    let got: string | null = null;
    void budget.permit(plain).then(() => {
      got = 'plain';
    });
    void budget.permit(better).then(() => {
      got = 'better';
    });
    await settled();
    expect(got).toBeNull();
    through();
    await settled();
    expect(got).toBe('better');
  });
});

describe('another authority', () => {
  test('is asked once before it is asked again', async () => {
    const timed = new Timed();
    await timed.proven();
    const [one, two] = [timed.ask(elsewhere), timed.ask(elsewhere)];
    await settled();
    expect([one.got?.granted, two.got]).toEqual([true, null]);
    granted(one).settle('proven');
    await settled();
    expect(two.got?.granted).toBe(true);
  });

  test('that says no is not asked again, and nobody else suffers for it', async () => {
    const timed = new Timed();
    await timed.proven();
    const [one, two] = [timed.ask(elsewhere), timed.ask(elsewhere)];
    await settled();
    granted(one).settle('refused');
    await settled();
    expect(two.got).toEqual(refused);
    expect(await timed.budget.permit(elsewhere)).toEqual(refused);
    expect((await timed.budget.permit(plain)).granted).toBe(true);
  });

  test('that tells nothing is asked by the next one alone', async () => {
    const timed = new Timed();
    await timed.proven();
    const [one, ...others] = [elsewhere, elsewhere, elsewhere].map((each) => timed.ask(each));
    await settled();
    granted(one ?? { got: null }).settle('unknown');
    await settled();
    expect(others.map(({ got }) => got?.granted)).toEqual([true, undefined]);
  });
});

test('a proven credential that its own authority refuses later is not used there again', async () => {
  const timed = new Timed();
  await timed.proven();
  const again = await timed.budget.permit(plain);
  if (again.granted) again.settle('refused');
  expect(await timed.budget.permit(better)).toEqual(refused);
});

describe('a stranger', () => {
  test('gets nothing without the tick, and does not wait for that', async () => {
    const timed = new Timed();
    expect(await timed.budget.permit(stranger)).toEqual(unmarked);
    await timed.proven();
    expect(await timed.budget.permit(stranger)).toEqual(unmarked);
  });

  test('takes no part in the contest, ticked or not', async () => {
    const timed = new Timed(true);
    const [strange, ours] = [timed.ask(stranger), timed.ask(plain)];
    await timed.pass();
    expect([strange.got?.granted, ours.got?.granted]).toEqual([false, true]);
  });

  test('gets it with the tick, as soon as it is proven', async () => {
    const timed = new Timed(true);
    const first = await timed.first();
    const strange = timed.ask(stranger);
    await settled();
    expect(strange.got).toBeNull();
    first.settle('proven');
    await settled();
    expect(strange.got?.granted).toBe(true);
  });

  test('does not get it where it was refused, and hears so at once', async () => {
    const timed = new Timed(true);
    const first = await timed.first();
    const strange = timed.ask(stranger);
    first.settle('refused');
    await settled();
    expect(strange.got).toEqual(unmarked);
  });

  test('does not get it where nobody proves it in time', async () => {
    const timed = new Timed(true);
    const strange = timed.ask(stranger);
    await timed.pass();
    expect(strange.got).toEqual(unmarked);
  });
});

describe('sign-ins that may be refused on purpose', () => {
  test('are for a credential that has proven right', async () => {
    const timed = new Timed();
    expect(timed.budget.takeVariants(1)).toBeNull();
    const first = await timed.first();
    expect(timed.budget.takeVariants(1)).toBeNull();
    first.settle('refused');
    expect(timed.budget.takeVariants(1)).toBeNull();
  });

  test('are three in a run, counted by those that were refused', async () => {
    const timed = new Timed();
    await timed.proven();
    const { budget } = timed;
    const first = budget.takeVariants(2);
    expect(budget.takeVariants(2)).toBeNull();
    first?.(0);
    const second = budget.takeVariants(2);
    expect(second).not.toBeNull();
    second?.(2);
    expect(budget.takeVariants(2)).toBeNull();
    budget.takeVariants(1)?.(1);
    expect(budget.takeVariants(1)).toBeNull();
  });
});

describe('marks of a mail system', () => {
  const marks = (headers: [string, string][]): string[] =>
    marksOfMailSystem(
      headers,
      decodeChallenges(headers.flatMap(([name, value]) => (/^www-authenticate$/i.test(name) ? [value] : []))),
    );

  test.each<[string, [string, string][], string[]]>([
    [
      'Exchange',
      [
        ['Server', 'Microsoft-IIS/10.0'],
        ['WWW-Authenticate', 'Negotiate'],
        ['WWW-Authenticate', 'NTLM'],
        ['WWW-Authenticate', 'Basic realm="mail.example.test"'],
        ['X-FEServer', 'EX01'],
      ],
      ['offers Negotiate', 'offers NTLM', 'sends X-FEServer'],
    ],
    [
      'Exchange with Basic alone',
      [
        ['www-authenticate', 'Basic realm="x"'],
        ['x-diaginfo', 'EX01'],
      ],
      ['sends x-diaginfo'],
    ],
    ['gromox by its realm', [['WWW-Authenticate', 'Basic realm="gromox-http@mail"']], ['realm gromox-http@mail']],
    [
      'grommunio by its server',
      [
        ['Server', 'grommunio-web'],
        ['WWW-Authenticate', 'Basic realm=""'],
      ],
      ['Server: grommunio-web'],
    ],
    ['Exchange Online', [['WWW-Authenticate', 'Bearer client_id="x"']], ['offers Bearer']],
    [
      'cPanel',
      [
        ['Server', 'cpsrvd'],
        ['WWW-Authenticate', 'Basic realm="WHM"'],
        ['X-Powered-By', 'PHP/8'],
      ],
      [],
    ],
    [
      'a plain Apache',
      [
        ['Server', 'Apache/2.4 (Debian)'],
        ['WWW-Authenticate', 'Basic realm="Restricted"'],
      ],
      [],
    ],
    ['Digest alone', [['WWW-Authenticate', 'Digest realm="x", nonce="y"']], []],
    [
      'a web site that only writes of it',
      [
        ['Link', '<https://outlook.test>'],
        ['Location', '/exchange'],
      ],
      [],
    ],
    ['an unquoted realm of two words', [['WWW-Authenticate', 'Basic realm=Contoso NTLM']], []],
  ])('%s', (_name, headers, expected) => {
    expect(marks(headers)).toEqual(expected);
  });
});
