/** The other side does not keep to the protocol: the connection is of no use any more. The message holds nothing it sent. */
export class FrameError extends Error {}
