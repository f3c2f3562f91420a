/** What tshark makes of bytes: every field of every layer, in lines. */
import { output } from './foreign.ts';
import { pcapOf, type Segment } from './pcap.ts';
import { TemporaryFolder } from './temporary.ts';

/** By these it says that it does not understand something, or doubts it. */
export const OBJECTIONS = /Malformed|Short frame|Long frame|Expert Info \((Error|Warning)/;

/** What it prints of a conversation over TCP; what it objects to is among it. */
export async function dissect(port: number, segments: readonly Segment[], as: 'http' | 'dcerpc'): Promise<string> {
  const file = new TemporaryFolder().write('capture.pcap', pcapOf(port, segments));
  return output('tshark', ['-r', file, '-d', `tcp.port==${port},${as}`, '-V']);
}
