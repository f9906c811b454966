const IPV4_WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;
const IPV6_WITH_PORT = /^\[([^\]]+)\](?::\d{1,5})?$/;

/** The address without the port that KMIP entries put behind it: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
export function withoutPort(address: string): string {
  return (IPV4_WITH_PORT.exec(address) ?? IPV6_WITH_PORT.exec(address))?.[1] ?? address;
}
