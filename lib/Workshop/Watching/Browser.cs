using System.ComponentModel;

namespace Workshop.Watching;

/// <summary>The reader's own browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address with what the system has for it; says so where that does not work, which ends nothing.</summary>
    public static async Task OpenAsync(Uri address, Action<string> say)
    {
        var reason = "";
        try
        {
            using var opener = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
            if (opener is null) return; // Windows gave it to a browser that runs already.
            await opener.WaitForExitAsync();
            if (opener.ExitCode == 0) return;
            reason = $"exit code {opener.ExitCode}";
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            reason = exception.Message; // No opener, or Windows does not tell how it ended.
        }

        say($"No browser could be opened ({reason}). Open {address} yourself.");
    }
}
