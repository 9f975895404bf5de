# Connections, plans, runtime details and raw requests of the Recovery Orchestrator. Failovers and waits are in VroFailover.Tests.ps1.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator
    $pin = @{ ServerCertificateThumbprint = $simulator.Vro.CertificateThumbprint; NoProxy = $true }

    # The requests of a script: what it sent, and nothing else.
    function Get-Sent {
        param([scriptblock] $Script, [string] $Method = '*', [string] $Path = '*')
        Clear-OrchestratorSimulatorFault -RequestLog
        $null = & $Script
        @(Get-OrchestratorSimulatorRequest Vro -Path $Path | Where-Object Method -Like $Method)
    }

    function Get-User {
        param([string] $Name)
        ($simulator.Vro.Users | Where-Object Name -EQ "LAB\$Name").Credential
    }

    # The six digits of now (RFC 6238), from the base32 key.
    function Get-Totp {
        param([securestring] $Key)
        $bits = -join (ConvertFrom-SecureString $Key -AsPlainText).TrimEnd('=').ToCharArray().ForEach({ [Convert]::ToString('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.IndexOf($_), 2).PadLeft(5, '0') })
        [byte[]] $bytes = for ($i = 0; $i + 8 -le $bits.Length; $i += 8) { [Convert]::ToByte($bits.Substring($i, 8), 2) }
        $counter = [BitConverter]::GetBytes([long][Math]::Floor([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() / 30))
        [array]::Reverse($counter)
        $hash = [Security.Cryptography.HMACSHA1]::HashData($bytes, $counter)
        $at = $hash[19] -band 15
        '{0:000000}' -f ((([int] $hash[$at] -band 127) * 16777216 + [int] $hash[$at + 1] * 65536 + [int] $hash[$at + 2] * 256 + [int] $hash[$at + 3]) % 1000000)
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vro | Disconnect-Vro
    Stop-OrchestratorSimulator $simulator
}

Describe 'Connect-Vro' {
    AfterEach {
        Get-OrchestratorConnection -System Vro | Disconnect-Vro
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    It 'finds the API version by asking, and says it' {
        $said = Connect-TestVro $simulator @{ Verbose = $true } 4>&1
        $connection = $said | Where-Object { $_ -is [OrchestratorTools.OrchestratorConnection] }
        $connection.ApiVersion | Should -Be 'v7.21'
        $connection.Scope | Should -Be 'User account'
        $connection.ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(10))
        $said | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and $_ -like '*speaks API v7.21 (found by asking)*' } | Should -HaveCount 1
    }

    It 'takes -ApiVersion <_>' -ForEach 'v7.2', '7.1', 'v7.21' {
        (Connect-TestVro $simulator @{ ApiVersion = $_ }).ApiVersion | Should -Be "v$("$_".TrimStart('v'))"
        @(Get-OrchestratorSimulatorRequest Vro -Method Get | ForEach-Object { $_.Path.Split('/')[2] } | Sort-Object -Unique) | Should -Be "v$("$_".TrimStart('v'))"
    }

    It 'refuses a version that the server does not speak, and gives the session back' {
        { Connect-TestVro $simulator @{ ApiVersion = 'v13'; WarningAction = 'SilentlyContinue' } } | Should -Throw -ErrorId 'Vro.Protocol,OrchestratorTools.Vro.ConnectVroCommand'
        Get-OrchestratorSimulatorRequest Vro -Method Delete -Path /api/token | Should -HaveCount 1
    }

    It 'refuses a version that is none: nothing is sent' {
        { Connect-TestVro $simulator @{ ApiVersion = 'newest' } } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
    }

    It 'takes port 9898 where the address names none, and -Port' {
        $failed = { Connect-Vro 127.0.0.1 -Credential $simulator.Vro.Credential @pin } | Should -Throw -PassThru
        "$failed" | Should -BeLike '*127.0.0.1:9898*'
        (Connect-Vro 127.0.0.1 -Port $simulator.Vro.Server.Port -Credential $simulator.Vro.Credential @pin).Server | Should -Be $simulator.Vro.Server
    }

    It 'logs a client account in, whose secret holds + / and =' {
        ConvertFrom-SecureString $simulator.Vro.ClientSecret -AsPlainText | Should -Match '[+/=]'
        $connection = Connect-Vro $simulator.Vro.Server -ClientId $simulator.Vro.ClientId -ClientSecret $simulator.Vro.ClientSecret @pin
        $connection.Scope | Should -Be 'Client account'
        @(Get-VroPlan).Count | Should -Be 8
    }

    It 'says which of the two is wrong' {
        $secret = ConvertTo-SecureString 'n+t/the=secret' -AsPlainText
        $failed = { Connect-Vro $simulator.Vro.Server -ClientId $simulator.Vro.ClientId -ClientSecret $secret @pin } | Should -Throw -ErrorId 'Vro.Authentication,*' -PassThru
        "$failed" | Should -BeLike '*-ClientSecret*'
        "$failed" | Should -Not -BeLike '*n+t/the=secret*'
        $password = [pscredential]::new('LAB\administrator', $secret)
        $failed = { Connect-Vro $simulator.Vro.Server -Credential $password @pin } | Should -Throw -ErrorId 'Vro.Authentication,*' -PassThru
        "$failed" | Should -BeLike '*user name*password*'
    }

    It 'says that a second factor is needed' {
        $failed = { Connect-Vro $simulator.Vro.Server -Credential (Get-User mfa) @pin } | Should -Throw -ErrorId 'Vro.Authentication,*' -PassThru
        "$failed" | Should -BeLike '*second factor*-MfaPasscode*'
    }

    It 'takes the six digits of it, and refuses wrong ones' {
        $user = $simulator.Vro.Users | Where-Object Name -EQ 'LAB\mfa'
        $failed = { Connect-Vro $simulator.Vro.Server -Credential $user.Credential -MfaPasscode '000000' @pin } | Should -Throw -ErrorId 'Vro.Authentication,*' -PassThru
        "$failed" | Should -BeLike '*passcode was refused*'
        $connection = Connect-Vro $simulator.Vro.Server -Credential $user.Credential -MfaPasscode (Get-Totp $user.MfaKey) @pin
        $connection.Scope | Should -Be 'User account, MFA'
        @(Get-VroPlan -First 1).Count | Should -Be 1
    }

    It 'refuses a passcode of <_> before anything is sent' -ForEach '12345', '1234567', '12 456', 'abcdef' {
        { Connect-TestVro $simulator @{ MfaPasscode = $_ } } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
    }

    It 'shows no secret, not even under -Debug' {
        $said = & {
            $DebugPreference = 'Continue'
            Connect-TestVro $simulator @{ Verbose = $true } *>&1
            Get-VroPlan -First 1 *>&1
        } | Out-String -Width 4000
        $said | Should -BeLike '*POST*/api/token*'
        $password = $simulator.Vro.Credential.GetNetworkCredential().Password
        foreach ($form in $password, [uri]::EscapeDataString($password)) {
            $said | Should -Not -BeLike "*$([wildcardpattern]::Escape($form))*"
        }
        $said | Should -Not -Match 'Bearer [A-Za-z0-9]'
    }

    It 'says that a vCloud Director is none' {
        $failed = { Connect-Vro $simulator.Vcd.Server -Credential $simulator.Vro.Credential @pin } | Should -Throw -ErrorId 'Vro.Protocol,*' -PassThru
        "$failed" | Should -BeLike '*does not answer as a Veeam Recovery Orchestrator*9898*'
    }

    It 'renews a session that the server forgot, once, and warns at the second time' {
        Connect-TestVro $simulator | Out-Null
        Add-OrchestratorSimulatorFault Vro ExpireSessions -Path '*/Plans' -RefreshToken
        $warnings = $null
        @(Get-VroPlan -WarningVariable warnings).Count | Should -Be 8
        $warnings | Should -BeNullOrEmpty
        Add-OrchestratorSimulatorFault Vro ExpireSessions -Path '*/Plans' -RefreshToken
        @(Get-VroPlan -WarningVariable warnings -WarningAction SilentlyContinue).Count | Should -Be 8
        "$warnings" | Should -BeLike '*same account*-ClientId*'
        # Connect, then for each end: the dead refresh token, and the login in its place.
        Get-OrchestratorSimulatorRequest Vro -Method Post -Path /api/token | Should -HaveCount 5
    }
}

Describe 'Disconnect-Vro' {
    It 'tells the server, and nothing under -WhatIf' {
        Connect-TestVro $simulator | Out-Null
        Get-Sent { Disconnect-Vro -WhatIf } -Method Delete | Should -BeNullOrEmpty
        Get-Sent { Disconnect-Vro } -Method Delete -Path /api/token | Should -HaveCount 1
        { Get-VroPlan -ErrorAction Stop } | Should -Throw -ErrorId 'Vro.Authentication,OrchestratorTools.Vro.GetVroPlanCommand'
    }
}

Describe 'With a connection' {
    BeforeAll {
        $connection = Connect-TestVro $simulator
        $odd = (Get-VroPlan | Where-Object Name -Like '*gold*').Name
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    Context 'Get-VroPlan' {
        It 'lists plans, sorted, each with its connection' {
            $plans = Get-VroPlan
            $plans.Count | Should -Be 8
            $plans[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlan
            $plans.Connection | Sort-Object -Unique | Should -Be $connection.Name
            ($plans | Where-Object Name -EQ dc1-db).LastCheckTime.Kind | Should -Be 'Unspecified'
            $plans[0].AdditionalProperties.Keys | Should -Contain 'reportTemplateId'
        }

        It 'finds <Name> (<Count>)' -ForEach @(
            @{ Name = 'dc1-web'; Count = 1 }
            @{ Name = 'DC1-WEB'; Count = 1 }
            @{ Name = 'dc1-*'; Count = 4 }
            @{ Name = '*WEB'; Count = 1 }
            @{ Name = 'dc?-*s*'; Count = 3 }
            @{ Name = 'dc[12]-??'; Count = 1 }
            @{ Name = '*[[]*'; Count = 1 }
            @{ Name = '*日本*'; Count = 1 }
            @{ Name = '*'; Count = 8 }
            @{ Name = 'dc1-web', 'dc2-s*'; Count = 2 }
        ) {
            @(Get-VroPlan $Name).Count | Should -Be $Count
        }

        It 'asks the server with like, and matches exactly here' {
            $sent = Get-Sent { Get-VroPlan 'dc1-w?b' }
            $sent | Should -HaveCount 1
            [uri]::UnescapeDataString($sent.Query) | Should -BeLike '*"operator":"like"*dc1-w*'
            Get-VroPlan 'dc1-?' | Should -BeNullOrEmpty
        }

        It 'matches here where the server refuses like' {
            Add-OrchestratorSimulatorFault Vro Status -Path '*/Plans' -Status 400 -Body '{"message":"unknown operator"}' -ContentType application/json
            @(Get-VroPlan 'dc1-*').Count | Should -Be 4
        }

        It 'takes a name with quotes, brackets, * and % as it is, and as completion writes it' {
            (Get-VroPlan $odd).Name | Should -Be $odd
            (Get-VroPlan ([wildcardpattern]::Escape($odd))).Name | Should -Be $odd
        }

        It 'says what it did not find: <_>' -ForEach "it's", 'say "hi"', 'a[b', 'a`[1`]', '100%', "line`nbreak", '漢字', '{"property":1}' {
            Get-VroPlan $_ -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed | Should -HaveCount 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.NotFound,OrchestratorTools.Vro.GetVroPlanCommand'
            "$($failed[0])" | Should -BeLike "*-Name '$([wildcardpattern]::Escape($_))'*"
            $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'goes on after a name that it did not find' {
            (Get-VroPlan nothing, dc1-web -ErrorAction SilentlyContinue).Name | Should -Be 'dc1-web'
        }

        It 'filters by <Keys>' -ForEach @(
            @{ Filter = @{ Type = 'Restore' }; Count = 2 }
            @{ Filter = @{ Type = 'replica', 'Storage' }; Count = 5 }
            @{ Filter = @{ Mode = 'Enabled' }; Count = 6 }
            @{ Filter = @{ State = 'Ready'; Type = 'Replica' }; Count = 3 }
            @{ Filter = @{ State = 'Verified' }; Count = 5 }
            @{ Filter = @{ Name = 'dc1-*'; Mode = 'InUse' }; Count = 1 }
            @{ Filter = @{ Filter = @{ planType = 'Storage' } }; Count = 1 }
            @{ Filter = @{ Filter = @{ planType = 'Storage', 'CdpReplica' } }; Count = 2 }
            @{ Filter = @{ Filter = '[{"property":"planMode","operator":"!=","value":"Enabled"}]' }; Count = 2 }
            @{ Filter = @{ Filter = '{"property":"planMode","operator":"!=","value":"Enabled"}'; Name = 'dc1-*' }; Count = 1 }
        ) {
            @(Get-VroPlan @Filter).Count | Should -Be $Count
        }

        It 'refuses a filter that is none: nothing is sent' -ForEach '[{', '17', 'planType -eq 1', 5 {
            Get-Sent { { Get-VroPlan -Filter $_ } | Should -Throw -ErrorId 'Vro.BadParameter,*' } | Should -BeNullOrEmpty
        }

        It 'hands a filter that the server refuses back as its error' {
            Get-VroPlan -Filter @{ nonsense = 1 } -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.Validation,OrchestratorTools.Vro.GetVroPlanCommand'
            "$($failed[0])" | Should -BeLike '*nonsense*'
        }

        It 'asks for no more than -First' {
            $sent = Get-Sent { Get-VroPlan -First 3 | Should -HaveCount 3 }
            $sent | Should -HaveCount 1
            $sent.Query | Should -BeLike '*limit=3*'
        }

        It 'takes ids, also by pipeline, and says which one does not exist' {
            $plan = Get-VroPlan dc1-web
            ($plan | Get-VroPlan).Name | Should -Be 'dc1-web'
            $none = [guid]::NewGuid()
            (Get-VroPlan -Id $none, $plan.Id -ErrorAction SilentlyContinue -ErrorVariable failed).Name | Should -Be 'dc1-web'
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.NotFound,OrchestratorTools.Vro.GetVroPlanCommand'
            "$($failed[0])" | Should -BeLike "*-Id '$none'*"
            Get-VroPlan -Id '../../token' -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'sees only what the account may see' {
            $scoped = Connect-Vro $simulator.Vro.Server -Credential (Get-User dc1-operator) @pin -Name scoped -NotDefault
            @(Get-VroPlan -Connection scoped).Name | Should -Not -Contain 'dc2-files'
            @(Get-VroPlan -Connection scoped, $connection).Count | Should -BeGreaterThan 8
            Disconnect-Vro $scoped
        }
    }

    Context 'Get-VroPlanRuntime' {
        It 'shows what a plan does, by name and by pipeline' {
            $runtime = Get-VroPlanRuntime dc1-web
            $runtime | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlanRuntime
            $runtime.IsRunning | Should -BeFalse
            $runtime.IsStable | Should -BeTrue
            @(Get-VroPlan dc1-* | Get-VroPlanRuntime).Count | Should -Be 4
            ($runtime | Get-VroPlanRuntime).Id | Should -Be $runtime.Id
        }

        It 'takes what is left of a plan after another process had it' {
            $thawed = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-VroPlan dc1-web)))
            ($thawed | Get-VroPlanRuntime).Name | Should -Be 'dc1-web'
        }

        It 'adds groups, VMs and steps' {
            $runtime = Get-VroPlanRuntime dc1-web -IncludeSteps
            $runtime.Groups.Count | Should -BeGreaterThan 2
            ($runtime.Groups | Where-Object { $_.Vms }).Vms[0].Steps[0].Name | Should -Not -BeNullOrEmpty
            ($runtime.Groups | Where-Object { -not $_.Vms })[0].Steps[0].Name | Should -Not -BeNullOrEmpty
        }

        It 'tells from the plan what the server has forgotten' {
            $other = Start-TestSimulator
            $elsewhere = Connect-TestVro $other @{ NotDefault = $true; Name = 'restarted' }
            Invoke-SimulatorCommand $other systems/vro/restart | Out-Null
            $runtime = Get-VroPlanRuntime dc1-web -Connection restarted
            $runtime.HasDetails | Should -BeFalse
            $runtime.State | Should -Be 'Ready'
            $runtime.IsStable | Should -BeTrue
            Disconnect-Vro $elsewhere
            Stop-OrchestratorSimulator $other
        }

        It 'refuses what is no plan' {
            'dc1-web' | Get-VroPlanRuntime -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.BadParameter,OrchestratorTools.Vro.GetVroPlanRuntimeCommand'
        }

        It 'says what it did not find: -<_>' -ForEach 'Name', 'Id' {
            $parameters = @{ $_ = "$([guid]::NewGuid())" }
            Get-VroPlanRuntime @parameters -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.NotFound,OrchestratorTools.Vro.GetVroPlanRuntimeCommand'
            "$($failed[0])" | Should -BeLike "*-$_ '*"
        }

        It 'goes to the server that a plan came from, and nowhere else' {
            $other = Start-TestSimulator
            $elsewhere = Connect-TestVro $other @{ NotDefault = $true; Name = 'other' }
            $plan = Get-VroPlan dc1-web
            $plan | Get-VroPlanRuntime -Connection other -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.ConnectionMismatch,*'
            Get-OrchestratorSimulatorRequest Vro -Path '*RuntimeDetails*' -Simulator $other | Should -BeNullOrEmpty
            Disconnect-Vro $elsewhere
            Stop-OrchestratorSimulator $other
        }
    }

    Context 'Invoke-VroRequest' {
        It 'puts a path under the version: <_>' -ForEach 'License/Usage/Server', '/License/Usage/Server', '/api/v7.2/License/Usage/Server' {
            (Invoke-VroRequest $_).managedInstances | Should -BeOfType long
            (Get-OrchestratorSimulatorRequest Vro | Select-Object -Last 1).Path | Should -BeLike '/api/v7.2*/License/Usage/Server'
        }

        It 'follows pages' {
            $sent = Get-Sent { @(Invoke-VroRequest Plans -Paged).Count | Should -Be 8 }
            $sent[0].Query | Should -BeLike '*start=0&limit=*'
            @(Invoke-VroRequest Scopes -Paged)[0].Connection | Should -Be $connection.Name
        }

        It 'writes a query of lists and hashtables as JSON' {
            $found = Invoke-VroRequest Plans -Query @{ limit = 1; filter = @(@{ property = 'name'; operator = '=='; value = $odd }) }
            $found.total | Should -Be 1
            $found.data[0].name | Should -Be $odd
        }

        It 'sends a change once, with its body, after ShouldProcess' {
            $id = (Get-VroPlan dc1-erp).Id
            Get-Sent { Invoke-VroRequest "Plans/$id/ReadinessCheck" -Method Post -Body @{ generateReport = $false } -WhatIf } | Should -BeNullOrEmpty
            $sent = Get-Sent { Invoke-VroRequest "Plans/$id/ReadinessCheck" -Method Post -Body @{ generateReport = $false } } -Method Post
            $sent | Should -HaveCount 1
            $sent.Body | Should -Be '{"generateReport":false}'
        }

        It 'does not send a change again whose answer was lost' {
            Add-OrchestratorSimulatorFault Vro LostAnswer -Close -Method Post -Count 0
            $id = (Get-VroPlan dc1-db).Id
            Invoke-VroRequest "Plans/$id/Enable" -Method Post -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.OutcomeUnknown,OrchestratorTools.Vro.InvokeVroRequestCommand'
            Get-OrchestratorSimulatorRequest Vro -Method Post | Should -HaveCount 1
        }

        It 'sends the credential to no other server' {
            Invoke-VroRequest "$($simulator.Vcd.Server)api/x" -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.Protocol,*'
            Get-OrchestratorSimulatorRequest Vcd | Should -BeNullOrEmpty
        }

        It 'refuses what makes no sense' {
            { Invoke-VroRequest Plans -Body '{}' } | Should -Throw -ErrorId 'Vro.BadParameter,*'
            { Invoke-VroRequest Plans -Method Post -Body '{no json' } | Should -Throw -ErrorId 'Vro.BadParameter,*'
            { Invoke-VroRequest Plans -Method Delete -Paged } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        }
    }

    Context 'The server is not as it should be' {
        It 'a broken connection in the middle of a page costs a repeated read' {
            Add-OrchestratorSimulatorFault Vro Truncate -Path '*/Plans' -Bytes 500
            @(Get-VroPlan).Count | Should -Be 8
        }

        It '<Name>: one clear error' -ForEach @(
            @{ Name = 'HTML'; Fault = @{ Kind = 'ReplaceBody'; Body = '<!DOCTYPE html><title>Sign in</title>'; ContentType = 'text/html' }; Id = 'Vro.Protocol' }
            @{ Name = 'half a document'; Fault = @{ Kind = 'ReplaceBody'; Body = '{"total":1,"data":[{"id":"1"'; ContentType = 'application/json' }; Id = 'Vro.Protocol' }
            @{ Name = '1,000 levels'; Fault = @{ Kind = 'ReplaceBody'; Body = ('{"total":1,"data":' + ('[' * 1000) + (']' * 1000) + '}'); ContentType = 'application/json' }; Id = 'Vro.Protocol' }
            @{ Name = 'an error page of 1 GB'; Fault = @{ Kind = 'HugeBody'; Bytes = 1GB; Status = 403 }; Id = 'Vro.Permission' }
            @{ Name = 'a redirect'; Fault = @{ Kind = 'Redirect'; Location = 'https://elsewhere.example/' }; Id = 'Vro.Protocol' }
            @{ Name = 'a refusal in words'; Fault = @{ Kind = 'Status'; Status = 403; Body = 'not for you' }; Id = 'Vro.Permission' }
        ) {
            Add-OrchestratorSimulatorFault Vro -Path '*/Plans' -Count 0 @Fault
            Get-VroPlan -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed | Should -HaveCount 1
            $failed[0].FullyQualifiedErrorId | Should -Be "$Id,OrchestratorTools.Vro.GetVroPlanCommand"
        }
    }

    Context 'At the prompt' {
        It 'completes names of plans, quoted and escaped: <_>' -ForEach 'Get-VroPlan dc', 'Get-VroPlan -Name dc', 'Get-VroPlanRuntime dc', 'Wait-VroPlan dc', 'Invoke-VroPlanFailover dc' {
            $found = (TabExpansion2 $_ -cursorColumn $_.Length).CompletionMatches
            $found.ListItemText | Should -Contain $odd
            $found.CompletionText | Should -Contain 'dc1-web'
            $quoted = ($found | Where-Object ListItemText -EQ $odd).CompletionText
            (& ([scriptblock]::Create("Get-VroPlan $quoted"))).Name | Should -Be $odd
        }

        It 'honours a connection already typed' {
            $scoped = Connect-Vro $simulator.Vro.Server -Credential (Get-User dc1-operator) @pin -Name scoped -NotDefault
            $line = 'Get-VroPlan -Connection scoped -Name dc'
            (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches.ListItemText | Should -Not -Contain 'dc2-files'
            Disconnect-Vro $scoped
        }

        It 'completes <Line> with <Value>' -ForEach @(
            @{ Line = 'Get-VroPlan -Type '; Value = 'CdpReplica' }
            @{ Line = 'Get-VroPlan -Mode '; Value = 'InUse' }
            @{ Line = 'Get-VroPlan -State Ha'; Value = 'Halted' }
            @{ Line = 'Connect-Vro x -ApiVersion '; Value = 'v7.21' }
        ) {
            (TabExpansion2 $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText | Should -Contain $Value
        }

        It 'has tables within 120 columns' {
            $runtime = Get-VroPlanRuntime dc1-web -IncludeSteps
            $group = $runtime.Groups | Where-Object { $_.Vms } | Select-Object -First 1
            foreach ($thing in @(Get-VroPlan), @($runtime), @($group), @($group.Vms[0]), @($group.Vms[0].Steps[0])) {
                $lines = @(($thing | Format-Table | Out-String -Width 120) -split '\r?\n' | Where-Object { $_ })
                $lines[0] | Should -Match '^\s*(Name|#)'
                $lines | Where-Object { $_.TrimEnd().Length -gt 120 } | Should -BeNullOrEmpty
                ($thing[0] | Format-List | Out-String) | Should -Match 'Connection\s+: '
            }
        }
    }
}
