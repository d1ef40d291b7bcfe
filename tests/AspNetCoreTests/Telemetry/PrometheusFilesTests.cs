using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The dashboard and the alert rules of the folder <c>deploy</c> compared with the metrics as Prometheus receives them.</summary>
public partial class PrometheusFilesTests
{
    private const string Dashboard = "deploy/grafana/socketio.json";
    private const string Alerts = "deploy/prometheus/alerts.yml";

    /// <summary>The labels of Prometheus and its exporter, and the tag of named servers.</summary>
    private static readonly string[] OtherLabels = ["job", "instance", "le", "server"];

    [Fact]
    public async Task The_dashboard_and_the_alerts_name_only_exported_metrics()
    {
        var exported = await ExportedAsync();
        Assert.Contains("typedsocketredis_server_connections", exported);
        foreach (var file in new[] { Dashboard, Alerts })
        {
            var used = MetricName().Matches(Repository.Text(file)).Select(match => match.Value).Distinct().ToArray();
            Assert.True(used.Length > 5);
            Assert.Empty(used.Except(exported));
        }
    }

    [Theory]
    [InlineData(Dashboard)]
    [InlineData(Alerts)]
    public void The_expressions_use_only_documented_labels(string file)
    {
        var expressions = Repository.Text(file).Replace("\\\"", "\"", StringComparison.Ordinal);
        var used =
            from Match selector in Selector().Matches(expressions)
            from Match label in Label().Matches(selector.Groups[1].Value)
            select label.Groups[1].Value;
        var grouped =
            from Match clause in Grouping().Matches(expressions)
            from label in clause.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)
            select label;
        var all = used.Concat(grouped).Distinct().ToArray();
        Assert.NotEmpty(all);
        Assert.Empty(all.Except(OperationTables.Tags(OperationTables.Text)).Except(OtherLabels));
    }

    [Fact]
    public void Every_alert_has_a_row_with_its_remedy() => Assert.Equal(
        AlertName().Matches(Repository.Text(Alerts)).Select(match => match.Groups[1].Value),
        AlertRow().Matches(Repository.Text("docs/operations.md")).Select(match => match.Groups[1].Value));

    [Fact]
    public void Every_panel_of_the_dashboard_has_a_title_and_an_expression()
    {
        using var dashboard = JsonDocument.Parse(Repository.Text(Dashboard));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToArray();
        Assert.True(panels.Length > 5);
        Assert.All(panels, panel =>
        {
            Assert.NotEmpty(panel.GetProperty("title").GetString()!);
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.NotEmpty(target.GetProperty("expr").GetString()!));
        });
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    /// <summary>Returns the names of all samples, as the exporter for Prometheus writes them.</summary>
    private static async Task<string[]> ExportedAsync()
    {
        string[] samples = [];
        await PublishedInstruments.UseAsync(
            builder => builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
                .AddMeter(SocketIOTelemetry.MeterName)
                .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0)),
            app => app.MapPrometheusScrapingEndpoint(),
            async (app, instruments) =>
            {
                foreach (var instrument in instruments.Values) instrument.Measure();
                using var http = new HttpClient();

                // Gauges have a value when the first attempt to connect to Redis has failed.
                await Eventually.TrueAsync(async () =>
                {
                    var text = await http.GetStringAsync($"{app.Urls.Single()}/metrics", TestContext.Current.CancellationToken);
                    samples = [.. Sample().Matches(text).Select(match => match.Groups[1].Value).Distinct()];
                    return samples.Contains("typedsocketredis_redis_connected");
                }, () => string.Join('\n', samples));
            });
        return samples;
    }

    [GeneratedRegex("typedsocketredis_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^(typedsocketredis_[a-z_]+)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"typedsocketredis_[a-z_]+\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-z_]+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"^ +- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"^\| `(SocketIO\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex AlertRow();
}
