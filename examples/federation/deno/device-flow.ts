import * as oauth from "oauth4webapi";

/** A person's access token, for a program that has no browser (RFC 8628). */
export async function deviceFlow(
  { issuer, clientId }: { readonly issuer: string; readonly clientId: string },
  show: (code: oauth.DeviceAuthorizationResponse) => void,
): Promise<string> {
  const url = new URL(issuer);
  // Without TLS only on this machine.
  const options = { [oauth.allowInsecureRequests]: url.hostname === "localhost" };
  const server = await oauth.processDiscoveryResponse(
    url,
    await oauth.discoveryRequest(url, options),
  );
  const client = { client_id: clientId };
  const parameters = { scope: "openid profile email groups" };
  const device = await oauth.processDeviceAuthorizationResponse(
    server,
    client,
    await oauth.deviceAuthorizationRequest(server, client, oauth.None(), parameters, options),
  );
  show(device);
  // Some providers name no interval: then it is five seconds.
  let interval = device.interval ?? 5;
  const endsAt = Date.now() + device.expires_in * 1000;
  while (Date.now() < endsAt) {
    await new Promise((resolve) => setTimeout(resolve, interval * 1000));
    const answer = await oauth.deviceCodeGrantRequest(
      server,
      client,
      oauth.None(),
      device.device_code,
      options,
    );
    try {
      return (await oauth.processDeviceCodeResponse(server, client, answer)).access_token;
    } catch (error) {
      if (!(error instanceof oauth.ResponseBodyError)) throw error;
      if (error.error === "slow_down") interval += 5;
      else if (error.error !== "authorization_pending") throw error;
    }
  }
  throw new Error("Nobody entered the code in time");
}
