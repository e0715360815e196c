// A real sign-in service (OpenID Connect) for the tests: oidc-provider, certified by the OpenID Foundation. Anybody signs in with any
// name and password; whoever asks for the scope `dinh_danh` gets a personal number made of the name, at the level `cao`.
import Provider from "oidc-provider";

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  scopes: ["openid", "profile", "dinh_danh"],
  claims: { openid: ["sub"], profile: ["name"], dinh_danh: ["so_dinh_danh", "muc"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { registration: { enabled: true }, devInteractions: { enabled: true } },
  cookies: { keys: ["chỉ dùng trong thử nghiệm"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `Người ${id}`, so_dinh_danh: id, muc: "cao" }),
  }),
});

provider.listen(port, "127.0.0.1", () => console.error(`listening on ${issuer}`));
