using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Renci.SshNet;

namespace BondTools.Module.Ssh;

/// <summary>The ways to log in: private key, password, and keyboard-interactive where a device asks for the password that way.</summary>
internal static class SshLogin
{
    /// <summary>The methods in the order in which they are tried.</summary>
    /// <param name="settings">The login.</param>
    /// <param name="cancellationToken">Once it is cancelled, nothing secret is sent any more.</param>
    /// <exception cref="BondToolsException">There is no usable key or password.</exception>
    public static AuthenticationMethod[] GetMethods(SshSettings settings, CancellationToken cancellationToken)
    {
        var methods = new List<AuthenticationMethod>();
        if (settings.Keys.Keys.Count > 0)
            methods.Add(new PrivateKeyAuthenticationMethod(settings.UserName, [.. settings.Keys.Keys]));
        if (settings.Keys.LoginPassword is { } secret)
        {
            var text = Secrets.Reveal(secret);
            var password = new Password(settings.UserName, text, cancellationToken);
            methods.Add(password);
            methods.Add(new Questions(settings.UserName, text, password, cancellationToken));
        }

        return [.. methods];
    }

    private sealed class Password(string userName, string password, CancellationToken cancellationToken)
        : PasswordAuthenticationMethod(userName, Encoding.UTF8.GetBytes(password))
    {
        public bool WasRefused { get; private set; }

        public override AuthenticationResult Authenticate(Session session)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = base.Authenticate(session);
            WasRefused = result == AuthenticationResult.Failure;
            return result;
        }
    }

    private sealed class Questions : KeyboardInteractiveAuthenticationMethod
    {
        private readonly Password _password;
        private readonly CancellationToken _cancellationToken;

        public Questions(string userName, string answer, Password password, CancellationToken cancellationToken)
            : base(userName)
        {
            (_password, _cancellationToken) = (password, cancellationToken);
            AuthenticationPrompt += (_, asked) =>
            {
                // What is echoed while it is typed is no password.
                foreach (var prompt in asked.Prompts.Where(p => !p.IsEchoed))
                    prompt.Response = answer;
            };
        }

        public override AuthenticationResult Authenticate(Session session)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            // The same password again would only count as a second failure, and cost the device's delay once more.
            return _password.WasRefused ? AuthenticationResult.Failure : base.Authenticate(session);
        }
    }
}
