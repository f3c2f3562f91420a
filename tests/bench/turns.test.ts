/** What the figures on round trips are made of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { sampleRuns } from './full-run.ts';
import { chainOf, type Turn, TurnLog } from './turns.ts';

const turn = (sent: number, answered: number): Turn => ({ what: 'exchange', sent, answered });

describe('the critical path', () => {
  test('leads back from the last answer, past what went on beside it', () => {
    const turns = [turn(0, 50), turn(0, 60), turn(55, 100), turn(62, 115), turn(110, 150), turn(120, 170)];
    const { count, waitedMs, turns: path } = chainOf(turns);
    expect(path.map(({ sent }) => sent)).toEqual([0, 62, 120]);
    expect([count, waitedMs]).toEqual([3, 60 + 53 + 50]);
    expect(path.map(({ afterMs }) => afterMs)).toEqual([0, 2, 5]);
  });

  test('of nothing is nothing', () => {
    expect(chainOf([])).toEqual({ count: 0, waitedMs: 0, turns: [] });
  });
});

describe('turns in what goes by', () => {
  test('are ended by an answer, which may come in pieces', () => {
    const log = new TurnLog(50);
    log.asked(1, 0);
    expect([log.answered(1, 52), log.answered(1, 60)]).toEqual(['answer', 'more']);
    expect(log.take()).toEqual([turn(0, 60)]);
  });

  test('may begin on one connection and end on another', () => {
    const log = new TurnLog(50);
    log.asked(1, 0);
    log.answered(1, 51);
    log.asked(2, 100);
    log.asked(3, 130);
    expect(log.answered(1, 155)).toBe('answer-to-others');
    expect(log.take()).toEqual([turn(0, 51), turn(100, 155)]);
  });
});

describe('a lab that is far away', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ port: 'any', worlds: ['healthy'] });
  });
  afterAll(() => lab.stop());

  test('takes a round trip for everything, and can be made to take one at a time', async () => {
    const [together] = await sampleRuns(lab.world('healthy'), { roundTripMs: 10, isOneAtATime: false }, 1);
    const [inSequence] = await sampleRuns(lab.world('healthy'), { roundTripMs: 10, isOneAtATime: true }, 1);
    if (together === undefined || inSequence === undefined) throw new Error('nothing was measured');
    expect(together.chain).toBeLessThan(together.turns / 2);
    expect(together.wallMs).toBeGreaterThan(together.chain * 10);
    // An answer that comes in two parts, far apart, is counted twice.
    expect(inSequence.wallMs).toBeGreaterThan(inSequence.turns * 10 * 0.8);
  });
});
