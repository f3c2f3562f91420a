/** What some work holds at most beyond what was held before, in MiB; looked at whenever the process has time. */
export async function held(work: () => Promise<unknown>): Promise<number> {
  const total = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = total();
  let most = before;
  const look = (): void => {
    most = Math.max(most, total());
  };
  const timer = setInterval(look, 20);
  try {
    await work();
    look();
  } finally {
    clearInterval(timer);
  }
  return (most - before) / 1024 / 1024;
}
