/** A run asks its owner: who is shown what, and whose answer counts. Over plain forms, as a browser without JavaScript sends them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askingRoot, ELSEWHERE, SIGN_IN_SERVICE, USER_CODE, VERIFICATION_URI } from '#tests/web/asking/confided.ts';
import { FormClient, filledIn } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

/** In the form of a question and no other. */
const ASKING = 'name="question"';

let web: Web;
beforeAll(async () => {
  web = await startWeb({ env: { THROUGHLINE_ROOT: askingRoot } });
});
afterAll(() => web.dispose());

/** Starts a run that asks, and waits until it does. */
async function asked(kind: 'redirect' | 'code' | 'both') {
  const owner = new FormClient(web.url);
  const run = await owner.start('autodiscover', { email: `${kind}@contoso.example`, password: 'secret' });
  const stream = await owner.streamUntil(run, /"kind":"asked"/);
  return { owner, run, stream };
}

/** A share link, and a person who opens it. */
async function shared(owner: FormClient, run: string): Promise<{ viewer: FormClient; path: string }> {
  const page = await (await owner.post(run, filledIn(await owner.get(run), {}, 'Make a link'))).text();
  const path = /\/r\/[\w-]{22,}/.exec(page)?.[0];
  if (path === undefined) throw new Error('no link was made');
  return { viewer: new FormClient(web.url), path };
}

test.each(['yes', 'no'] as const)('the owner answers %s, and the page that comes back asks no more', async (answer) => {
  const { owner, run } = await asked('redirect');
  const page = await owner.get(run);
  expect(page).toContain('and sign in there?');
  const after = await owner.post(run, filledIn(page, { answer }, ASKING));
  expect(await after.text()).not.toContain('and sign in there?');
  const stream = await owner.stream(run);
  expect(stream).toContain(`"kind":"answered","question":"q1","answer":"${answer}"`);
});

test('an answer of anybody else changes nothing', async () => {
  const { owner, run } = await asked('redirect');
  const form = filledIn(await owner.get(run), { answer: 'yes' }, ASKING);
  const stranger = new FormClient(web.url);
  const other = new FormClient(web.url);
  await other.start('autodiscover', { email: 'nothing@contoso.example', password: 'secret' });
  for (const nobody of [stranger, other]) expect((await nobody.post('/', form)).status).toBe(404);
  expect(await owner.get(run)).toContain('and sign in there?');
  await owner.post(run, filledIn(await owner.get(run), { answer: 'no' }, ASKING));
  expect(await owner.stream(run)).toContain('"answer":"no"');
});

test.each(['maybe', 'none', ''])('what is no answer is none: "%s"', async (answer) => {
  const { owner, run } = await asked('redirect');
  const page = await owner.post(run, filledIn(await owner.get(run), { answer }, ASKING));
  expect(await page.text()).toContain('and sign in there?');
});

test('a code is for the owner alone, and for no longer than it is asked', async () => {
  const { owner, run, stream } = await asked('code');
  const { viewer, path } = await shared(owner, run);
  expect(stream).toContain(USER_CODE);
  expect(await owner.get(run)).toContain(USER_CODE);
  const theirs = [await viewer.get(path), await viewer.streamUntil(path, /"kind":"asked"/)];
  expect(theirs.join('')).toContain(SIGN_IN_SERVICE);
  expect(theirs[0]).toContain('Whoever started this test is asked this now.');
  expect(theirs.join('')).not.toContain(USER_CODE);
  expect(theirs.join('')).not.toContain(VERIFICATION_URI);
  expect(theirs[0]).not.toContain('Go on without it');

  await owner.post(run, filledIn(await owner.get(run), { answer: 'no' }, ASKING));
  const over = [await owner.stream(run), await owner.get(run), await owner.get(`${run}/report.json`)];
  expect(over.join('')).not.toContain(USER_CODE);
});

test('who comes back to an open question is told the code anew', async () => {
  const { owner, run, stream } = await asked('code');
  const last = [...stream.matchAll(/^id: (\d+)/gm)].at(-1)?.[1];
  expect(await owner.streamUntil(run, /event: confided/, Number(last))).toContain(USER_CODE);
});

test('two questions are asked one after the other', async () => {
  const { owner, run } = await asked('both');
  await owner.streamUntil(run, /"id":"q2"/);
  const first = await owner.get(run);
  expect(first).toContain(ELSEWHERE);
  expect(first).toContain('1 more after this');
  const second = await (await owner.post(run, filledIn(first, { answer: 'no' }, ASKING))).text();
  expect(second).toContain(USER_CODE);
});
