using System.Runtime.InteropServices;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>Tells when the simulator is to end.</summary>
internal static class ParentProcess
{
    /// <summary>
    /// Waits for the end of standard input or for SIGTERM. The parent holds the other end of the pipe: when the parent ends, however it ends, the pipe closes.
    /// </summary>
    public static async Task EndAsync()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

        // Ctrl+C at a prompt goes to the whole process group: it is meant for the cmdlet that runs there, and not for a simulator that a script holds by its pipe.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Console.IsInputRedirected ? Ignore : End);
        new Thread(Read) { IsBackground = true, Name = "standard input" }.Start();
        await end.Task;

        void Read()
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[256];
            try
            {
                while (input.Read(buffer) > 0)
                {
                    // What comes is not looked at, only that it ends.
                }
            }
            catch (IOException)
            {
                // A pipe that broke has ended too.
            }

            end.TrySetResult();
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.TrySetResult();
        }

        static void Ignore(PosixSignalContext signal) => signal.Cancel = true;
    }
}
