/** One wrong password costs one failed sign-in, and a host without a mark of a mail system gets none. */
import { describe, expect, test } from 'vitest';
import { type Candidate, CredentialBudget, type Permit } from '#lib/auth/budget.ts';
import { marksOfMailSystem } from '#lib/auth/marks.ts';
import { decodeChallenges } from '#lib/wire/http/challenge.ts';

const at = (authority: string, ...marks: string[]): Candidate => ({ authority, marks });
const MAIL = at('domain lab', 'offers NTLM');

type Granted = Permit & { granted: true };

async function granted(asked: Promise<Permit>): Promise<Granted> {
  const permit = await asked;
  if (!permit.granted) throw new Error(`not granted: ${permit.reason}`);
  return permit;
}

/** Lets everything happen that does not wait for something outside. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One in which nobody is waited for. */
const hasty = (toUnmarked = false) => new CredentialBudget({ toUnmarked, wait: settled });

const REFUSED = { granted: false, reason: 'refused-elsewhere' };
const UNMARKED = { granted: false, reason: 'no-mark-of-a-mail-system' };

describe('the credential budget', () => {
  test('has one endpoint prove the credential while the others wait', async () => {
    const budget = hasty();
    const first = await granted(budget.permit(MAIL));
    const reached: string[] = [];
    const others = ['b', 'c'].map((name) => granted(budget.permit(MAIL)).finally(() => reached.push(name)));
    await settled();
    expect(reached).toEqual([]);
    first.settle('proven');
    await Promise.all(others);
    expect(reached).toEqual(['b', 'c']);
  });

  test('gives the first proof to the endpoint that looks most like a mail system', async () => {
    const budget = hasty();
    const order: string[] = [];
    const ask = async (name: string, ...marks: string[]): Promise<void> => {
      const permit = await granted(budget.permit(at(name, ...marks)));
      order.push(name);
      permit.settle('proven');
    };
    await Promise.all([ask('weak', 'a'), ask('strong', 'a', 'b', 'c'), ask('middling', 'a', 'b')]);
    expect(order[0]).toBe('strong');
  });

  test('uses a refused credential nowhere else', async () => {
    const budget = hasty();
    const first = await granted(budget.permit(MAIL));
    const waiting = budget.permit(at('realm x', 'sends X-FEServer'));
    first.settle('refused');
    expect([await waiting, await budget.permit(MAIL)]).toEqual([REFUSED, REFUSED]);
  });

  test('lets the next one try when the outcome stayed unknown, and only the next one', async () => {
    const budget = hasty();
    const first = await granted(budget.permit(MAIL));
    const second = granted(budget.permit(MAIL));
    let thirdHas = false;
    const third = budget.permit(MAIL).then((permit) => {
      thirdHas = true;
      return permit;
    });
    first.settle('unknown');
    const prover = await second;
    await settled();
    expect(thirdHas).toBe(false);
    prover.settle('refused');
    expect(await third).toEqual(REFUSED);
  });

  test('takes the no of another authority for that one alone, and does not ask it twice', async () => {
    const budget = hasty();
    (await granted(budget.permit(MAIL))).settle('proven');
    const other = at('domain other', 'offers NTLM');
    const first = await granted(budget.permit(other));
    const second = budget.permit(other);
    await settled();
    first.settle('refused');
    expect(await second).toEqual(REFUSED);
    expect((await budget.permit(MAIL)).granted).toBe(true);
  });

  test('lets several at a time ask an authority that has said yes', async () => {
    const budget = hasty();
    (await granted(budget.permit(MAIL))).settle('proven');
    await granted(budget.permit(MAIL));
    expect((await budget.permit(MAIL)).granted).toBe(true);
  });

  test('gives nothing to a host without marks, not even after the proof, and does not keep it waiting', async () => {
    const budget = hasty();
    const first = await granted(budget.permit(MAIL));
    expect(await budget.permit(at('panel'))).toEqual(UNMARKED);
    first.settle('proven');
    expect(await budget.permit(at('panel'))).toEqual(UNMARKED);
  });

  test('gives it to such a host where the person wants it, once it has proven right', async () => {
    const budget = new CredentialBudget({
      toUnmarked: true,
      wait: (ms) => (ms < 1_000 ? settled() : new Promise(() => undefined)),
    });
    const panel = budget.permit(at('panel'));
    (await granted(budget.permit(MAIL))).settle('proven');
    expect((await panel).granted).toBe(true);
  });

  test('gives such a host nothing where it is refused, or where nobody else asks for it', async () => {
    const budget = hasty(true);
    const first = await granted(budget.permit(MAIL));
    expect(await budget.permit(at('panel'))).toEqual(UNMARKED);
    first.settle('refused');
    expect(await budget.permit(at('panel'))).toEqual(UNMARKED);
  });
});

describe('refusals on purpose', () => {
  test('are for a credential that has proven right', async () => {
    const budget = hasty();
    expect(budget.takeVariants(1)).toBeNull();
    (await granted(budget.permit(MAIL))).settle('refused');
    expect(budget.takeVariants(1)).toBeNull();
  });

  test('are three in a run, however many want some at the same time', async () => {
    const budget = hasty();
    (await granted(budget.permit(MAIL))).settle('proven');
    const first = budget.takeVariants(2);
    expect(first).not.toBeNull();
    expect(budget.takeVariants(2)).toBeNull();
    first?.(1);
    expect(budget.takeVariants(2)).not.toBeNull();
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
