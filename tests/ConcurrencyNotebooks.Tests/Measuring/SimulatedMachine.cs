namespace ConcurrencyNotebooks.Tests;

/// <summary>What is wrong with a simulated machine.</summary>
public enum Weather
{
    /// <summary>Nothing but noise of a few percent.</summary>
    Steady,

    /// <summary>It runs at full or at half speed, and changes several times a second.</summary>
    TwoStates,

    /// <summary>It says two cores; the second one comes and goes within a second.</summary>
    CoreComesAndGoes,

    /// <summary>It says two cores; the second one comes and goes, for two seconds on average.</summary>
    CoreComesAndGoesSlowly,

    /// <summary>It says two cores; the second one comes and goes, for a twentieth of a second on average.</summary>
    CoreFlickers,

    /// <summary>It says two cores and has one.</summary>
    OneCore,

    /// <summary>Its speed drifts by half within some seconds.</summary>
    Drifting,

    /// <summary>Every sixth run takes up to five times as long.</summary>
    Outliers,
}

/// <summary>A machine of two cores with a clock of its own, whose true speeds are known.</summary>
/// <param name="weather">What is wrong with it.</param>
/// <param name="random">Where its accidents come from.</param>
internal sealed class SimulatedMachine(Weather weather, Random random) : WorkRunner
{
    private readonly Dictionary<string, (double CoreSeconds, int Cores)> _works = [];
    private readonly double _phase = random.NextDouble() * Math.Tau;
    private double _now;
    private double _nextChange;
    private bool _isBad;

    public override int Cores => 2;

    public override TimeSpan Elapsed => TimeSpan.FromSeconds(_now);

    /// <summary>Lets a work take so long where nothing disturbs it, on one core or on two.</summary>
    public Timing Add(Comparison comparison, string name, double seconds, int cores = 1)
    {
        _works[name] = (seconds * cores, cores);
        return comparison.Add(name, null, () => { });
    }

    public override Task<TimeSpan> RunAsync(Timing timing)
    {
        var (coreSeconds, cores) = _works[timing.Name];
        return Task.FromResult(Run(coreSeconds, cores));
    }

    public override TimeSpan RunLoops(int count) => Run(0.01 * count, count);

    private TimeSpan Run(double coreSeconds, int cores)
    {
        var start = _now;
        var work = coreSeconds * Math.Exp(0.03 * Normal());
        if (weather == Weather.Outliers && random.Next(6) == 0) work *= 1 + (4 * random.NextDouble());
        while (work > 0)
        {
            while (_now >= _nextChange)
            {
                _isBad = random.Next(2) == 0;
                var mean = weather switch { Weather.CoreComesAndGoesSlowly => 2, Weather.CoreFlickers => 0.05, _ => 0.3 };
                _nextChange = _now + (mean * -Math.Log(1 - random.NextDouble()));
            }

            var step = Math.Min(_nextChange - _now, 0.05);
            var rate = Speed() * Math.Min(cores, CoresNow());
            step = Math.Min(step, work / rate);
            work -= step * rate;
            _now += step;
            if (work < 1e-12) break;
        }

        return TimeSpan.FromSeconds(_now - start);
    }

    private double Speed() => weather switch
    {
        Weather.TwoStates when _isBad => 0.5,
        Weather.Drifting => 0.75 + (0.25 * Math.Sin((_now * 1.5) + _phase)),
        _ => 1,
    };

    private double CoresNow() => weather switch
    {
        Weather.CoreComesAndGoes or Weather.CoreComesAndGoesSlowly or Weather.CoreFlickers when _isBad => 1,
        Weather.OneCore => 1,
        _ => 2,
    };

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
