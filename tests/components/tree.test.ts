import { describe, expect, test } from 'vitest';
import { intentOf, nextProblem, typeAhead } from '#components/tree/keys.ts';
import { reasonOf, sentenceOf } from '#components/tree/sentence.ts';
import { capBelow, toneOf } from '#components/tree/tone.ts';
import { problems, shownBy, type TreeView, visibleRows } from '#components/tree/view.ts';
import { find, type ResultNode } from '#lib/result/node.ts';
import { finished, running } from './sample.ts';

const view = (change: Partial<TreeView> = {}): TreeView => ({
  ended: true,
  toggles: new Map(),
  shown: null,
  ...change,
});
const ids = (change: Partial<TreeView> = {}, root = finished.root) =>
  visibleRows(root, view(change)).map((row) => row.id);
const at = (id: string, root = finished.root): ResultNode => find(root, id) ?? expect.fail(`${id} is not in the tree`);

describe('which rows are there', () => {
  test('while it runs, all groups are open and no row has opened itself', () => {
    expect(ids({ ended: false }, running.root)).toEqual([
      'autodiscover',
      'autodiscover/root',
      'autodiscover/root/dns',
      'autodiscover/root/certificate',
      'autodiscover/root/sign-in',
      'autodiscover/named',
      'autodiscover/named/dns',
      'autodiscover/named/certificate',
      'autodiscover/named/sign-in',
    ]);
    expect(visibleRows(running.root, view({ ended: false })).find((row) => row.id.endsWith('root/dns'))?.open).toBe(
      false,
    );
  });

  test('at the end the failed path is open, what was not needed is closed', () => {
    expect(ids()).toEqual([
      'autodiscover',
      'autodiscover/root',
      'autodiscover/named',
      'autodiscover/named/dns',
      'autodiscover/named/certificate',
      'autodiscover/named/sign-in',
    ]);
  });

  test('what a person did wins', () => {
    const toggles = new Map([
      ['autodiscover/named', false],
      ['autodiscover/root', true],
    ]);
    expect(ids({ toggles })).toContain('autodiscover/root/dns');
    expect(ids({ toggles })).not.toContain('autodiscover/named/dns');
  });

  test('the filter for problems keeps the way to them', () => {
    const shown = shownBy(finished.root, { only: 'problems', words: '' });
    expect(ids({ shown })).toEqual(['autodiscover', 'autodiscover/named', 'autodiscover/named/certificate']);
  });

  test('the filter by words keeps what is above and below a match', () => {
    const shown = shownBy(finished.root, { only: 'all', words: ' EXPIRED ' });
    expect(ids({ shown })).toEqual(['autodiscover', 'autodiscover/named', 'autodiscover/named/certificate']);
    expect([...(shownBy(finished.root, { only: 'all', words: 'autodiscover/named' }) ?? [])]).toContain(
      'autodiscover/named/dns',
    );
  });
});

describe('what a row says', () => {
  test('a finding speaks for its row', () => {
    expect(sentenceOf(at('autodiscover/named/certificate'))).toBe(
      'The certificate of autodiscover.contoso.example expired 3 days ago, on 17 November 2026',
    );
  });

  test('a skipped row gives the sentence of what stopped it', () => {
    expect(reasonOf(finished.root, 'autodiscover/root/dns')).toBe('contoso.example does not exist');
    expect(reasonOf(finished.root, 'gone')).toBeNull();
  });
});

describe('colours', () => {
  test('a failure under an alternative is grey until it is judged, and when it was not needed', () => {
    expect(capBelow(at('autodiscover/root', running.root), 'bad', true)).toBe('mute');
    expect(capBelow(at('autodiscover/root'), 'bad', true)).toBe('mute');
    expect(toneOf('failed', 'mute')).toBe('mute');
  });

  test('a failure under a failed group is red, under a warning amber', () => {
    expect(toneOf('failed', capBelow(at('autodiscover/named'), 'bad', true))).toBe('bad');
    expect(toneOf('failed', capBelow({ ...at('autodiscover/named'), status: 'warning' }, 'bad', true))).toBe('warn');
  });

  test('only what weighs is a problem', () => {
    expect(problems(finished.root)).toEqual(['autodiscover/named/certificate']);
    expect(problems(running.root)).toEqual([]);
  });
});

describe('keys', () => {
  const rows = visibleRows(finished.root, view());
  const press = (key: string, active: string, typed = '') => intentOf(key, rows, active, typed);

  test.each([
    ['ArrowDown', 'autodiscover', { kind: 'focus', id: 'autodiscover/root' }],
    ['ArrowUp', 'autodiscover', null],
    ['End', 'autodiscover', { kind: 'focus', id: 'autodiscover/named/sign-in' }],
    ['Home', 'autodiscover/named', { kind: 'focus', id: 'autodiscover' }],
    ['ArrowRight', 'autodiscover/root', { kind: 'toggle', id: 'autodiscover/root', open: true }],
    ['ArrowRight', 'autodiscover/named', { kind: 'focus', id: 'autodiscover/named/dns' }],
    ['ArrowLeft', 'autodiscover/named', { kind: 'toggle', id: 'autodiscover/named', open: false }],
    ['ArrowLeft', 'autodiscover/named/dns', { kind: 'focus', id: 'autodiscover/named' }],
    ['Enter', 'autodiscover/root', { kind: 'toggle', id: 'autodiscover/root', open: true }],
    [' ', 'autodiscover/named/dns', null],
    ['Enter', 'autodiscover/named/sign-in', { kind: 'reveal', id: 'autodiscover/named/certificate' }],
    ['e', 'autodiscover', { kind: 'expand-all' }],
    ['f', 'autodiscover', { kind: 'next-problem' }],
    ['/', 'autodiscover', { kind: 'filter' }],
    ['?', 'autodiscover', { kind: 'help' }],
    ['x', 'autodiscover', null],
  ])('%s on %s', (key, active, intent) => {
    expect(press(key, active)).toEqual(intent);
  });

  test('within a word that is being typed a letter is no command, a sign is', () => {
    expect(press('e', 'autodiscover', 'th')).toBeNull();
    expect(press('/', 'autodiscover', 'th')).toEqual({ kind: 'filter' });
  });

  test('letters lead to the next row that begins so, and around', () => {
    expect(typeAhead(rows, 'autodiscover', 'the c')).toBe('autodiscover/named/certificate');
    expect(typeAhead(rows, 'autodiscover/named/certificate', 't')).toBe('autodiscover/named/certificate');
    expect(typeAhead(rows, 'autodiscover', 'zz')).toBeNull();
  });

  test('the next problem comes round to the first', () => {
    const order = ['a', 'b', 'c', 'd'];
    expect(nextProblem(order, ['b', 'd'], 'b')).toBe('d');
    expect(nextProblem(order, ['b', 'd'], 'd')).toBe('b');
    expect(nextProblem(order, [], 'a')).toBeNull();
  });
});
