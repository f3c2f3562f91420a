/** What a client says, in the order of the conversation. [MS-RPCH] 2.2.4 */
import { RTS_FLAG, type RtsPdu } from './pdu.ts';

/** The version of the protocol that everybody speaks. [MS-RPCH] 2.2.3.5.7 */
const VERSION = { kind: 'Version', version: 1 } as const;

export interface OutOpening {
  readonly virtualConnection: Uint8Array;
  readonly outChannel: Uint8Array;
  /** What the client has room for; between 8 and 256 KiB. */
  readonly window: number;
}

/** CONN/A1, the first on the OUT channel, and the only one that goes up there. [MS-RPCH] 2.2.4.2 */
export const connA1 = ({ virtualConnection, outChannel, window }: OutOpening): RtsPdu => ({
  flags: 0,
  commands: [
    VERSION,
    { kind: 'Cookie', cookie: virtualConnection },
    { kind: 'Cookie', cookie: outChannel },
    { kind: 'ReceiveWindowSize', bytes: window },
  ],
});

export interface InOpening {
  readonly virtualConnection: Uint8Array;
  readonly inChannel: Uint8Array;
  /** What the channel can carry before another one has to take its place. */
  readonly lifetime: number;
  /** Five minutes at usual. A zero means the same, but there are proxies that take it for an error. */
  readonly keepAliveMs: number;
  readonly associationGroup: Uint8Array;
}

/** CONN/B1, the first on the IN channel. [MS-RPCH] 2.2.4.5 */
export const connB1 = (opening: InOpening): RtsPdu => ({
  flags: 0,
  commands: [
    VERSION,
    { kind: 'Cookie', cookie: opening.virtualConnection },
    { kind: 'Cookie', cookie: opening.inChannel },
    { kind: 'ChannelLifetime', bytes: opening.lifetime },
    { kind: 'ClientKeepalive', ms: opening.keepAliveMs },
    { kind: 'AssociationGroupId', id: opening.associationGroup },
  ],
});

export interface Acknowledged {
  /** All that came so far, PDUs of RPC alone. */
  readonly received: number;
  readonly window: number;
  readonly outChannel: Uint8Array;
}

/** FlowControlAckWithDestination: goes up the IN channel, and is for the proxy of the OUT channel. [MS-RPCH] 2.2.4.51, 3.2.1.5.1.1 */
export const flowControlAck = ({ received, window, outChannel }: Acknowledged): RtsPdu => ({
  flags: RTS_FLAG.OTHER_CMD,
  commands: [
    { kind: 'Destination', destination: 'out-proxy' },
    { kind: 'FlowControlAck', received, window, channel: outChannel },
  ],
});

/** [MS-RPCH] 2.2.4.46 */
export const keepAlive = (ms: number): RtsPdu => ({
  flags: RTS_FLAG.OTHER_CMD,
  commands: [{ kind: 'ClientKeepalive', ms }],
});

/** [MS-RPCH] 2.2.4.49 */
export const ping: RtsPdu = { flags: RTS_FLAG.PING, commands: [] };

/** What a proxy answers to an echo request. [MS-RPCH] 2.2.4.48 */
export const echo: RtsPdu = { flags: RTS_FLAG.ECHO, commands: [] };
