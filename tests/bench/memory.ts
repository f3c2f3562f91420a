/** How much memory processes hold, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** The resident memory of one process in bytes; 0 for one that is gone. */
export function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(`${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** The process and everything that it started. */
export function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

function childrenOf(pid: number): number[] {
  const tasks = readFolder(`/proc/${pid}/task`);
  const lists = tasks.map((task) => readProc(`${pid}/task/${task}/children`));
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** The highest memory that the processes held together while `work` went on, looked at ten times a second. */
export async function peakDuring(pids: () => readonly number[], work: () => Promise<void>): Promise<number> {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(
      peak,
      pids().reduce((sum, pid) => sum + residentOf(pid), 0),
    );
  };
  const timer = setInterval(look, 100);
  try {
    await work();
    look();
  } finally {
    clearInterval(timer);
  }
  return peak;
}

function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
