/** One wrong password costs one failed sign-in, and a host without a mark of a mail system gets none. */
import { describe, expect, test } from 'vitest';
import { CredentialBudget, type Permit } from '#lib/auth/budget.ts';
import { marksOfMailSystem } from '#lib/auth/marks.ts';
import { decodeChallenges } from '#lib/wire/http/challenge.ts';

const MARKS = ['offers NTLM'];

type Granted = Permit & { granted: true };

async function granted(asked: Promise<Permit>): Promise<Granted> {
  const permit = await asked;
  if (!permit.granted) throw new Error(`not granted: ${permit.reason}`);
  return permit;
}

/** Lets everything happen that does not wait for something outside. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the credential budget', () => {
  test('has one endpoint prove the credential while the others wait', async () => {
    const budget = new CredentialBudget();
    const first = await granted(budget.permit(MARKS));
    const reached: string[] = [];
    const others = ['b', 'c'].map((name) => granted(budget.permit(MARKS)).finally(() => reached.push(name)));
    await settled();
    expect(reached).toEqual([]);
    first.settle('proven');
    await Promise.all(others);
    expect(reached).toEqual(['b', 'c']);
  });

  test('uses a refused credential nowhere else', async () => {
    const budget = new CredentialBudget();
    const first = await granted(budget.permit(MARKS));
    const waiting = budget.permit(MARKS);
    first.settle('refused');
    const refused = { granted: false, reason: 'refused-elsewhere' };
    expect([await waiting, await budget.permit(MARKS)]).toEqual([refused, refused]);
  });

  test('lets the next one try when the outcome stayed unknown, and only the next one', async () => {
    const budget = new CredentialBudget();
    const first = await granted(budget.permit(MARKS));
    const second = granted(budget.permit(MARKS));
    let thirdHas = false;
    const third = budget.permit(MARKS).then((permit) => {
      thirdHas = true;
      return permit;
    });
    first.settle('unknown');
    const prover = await second;
    await settled();
    expect(thirdHas).toBe(false);
    prover.settle('refused');
    expect(await third).toEqual({ granted: false, reason: 'refused-elsewhere' });
  });

  test('does not ask again what is proven, whatever a later endpoint says', async () => {
    const budget = new CredentialBudget();
    (await granted(budget.permit(MARKS))).settle('proven');
    (await granted(budget.permit(MARKS))).settle('refused');
    expect((await budget.permit(MARKS)).granted).toBe(true);
  });

  test('gives nothing to a host without marks, not even after the proof, and does not keep it waiting', async () => {
    const budget = new CredentialBudget();
    const none = { granted: false, reason: 'no-mark-of-a-mail-system' };
    const first = await granted(budget.permit(MARKS));
    expect(await budget.permit([])).toEqual(none);
    first.settle('proven');
    expect(await budget.permit([])).toEqual(none);
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
