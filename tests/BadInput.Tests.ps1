# What users and networks get wrong. Each is one clear error with its id; none hangs, none leaks a secret.
BeforeDiscovery {
    $script:systems = @(
        @{ System = 'VeloCloud'; List = { Get-VeloCloudEnterprise @args }; ListPath = '*/enterprise/getEnterprise'; Elsewhere = 'Vcd'; Nested = ('[' * 1000) + (']' * 1000); NestedType = 'application/json' }
        @{ System = 'Vcd'; List = { Get-VcdCatalog @args }; ListPath = '*/query'; Elsewhere = 'Vro'; Nested = '<QueryResultRecords xmlns="http://www.vmware.com/vcloud/v1.5">' + ('<a>' * 1000) + ('</a>' * 1000) + '</QueryResultRecords>'; NestedType = 'application/vnd.vmware.vcloud.query.records+xml' }
        @{ System = 'Vro'; List = { Get-VroPlan @args }; ListPath = '*/Plans'; Elsewhere = 'VeloCloud'; Nested = '{"total":1,"data":[' + ('[' * 1000) + (']' * 1000) + ']}'; NestedType = 'application/json' }
    )
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator

    # Connects with one thing wrong, and returns the one error.
    function Get-ConnectError {
        param([string] $System, [hashtable] $Option = @{}, [string[]] $Without = @())
        $parameters = @{ Server = "$($simulator.$System.Server)"; Credential = $simulator.$System.Credential; ServerCertificateThumbprint = $simulator.CertificateThumbprint; NoProxy = $true }
        if ($System -eq 'Vcd') { $parameters.Organization = $simulator.Vcd.Organization }
        foreach ($name in $Option.Keys) { $parameters[$name] = $Option[$name] }
        foreach ($name in $Without) { $parameters.Remove($name) }
        try {
            $null = & "Connect-$System" @parameters
        }
        catch {
            return $_
        }
        throw 'It connected.'
    }

    function Get-ListError {
        param([scriptblock] $List)
        $failed = $null
        $null = . $List -ErrorAction SilentlyContinue -ErrorVariable failed
        @($failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    }

    function Assert-NoSecret {
        param([string] $System, $ErrorRecord)
        $text = "$ErrorRecord" + ($ErrorRecord | Format-List * -Force | Out-String -Width 4000) + ($ErrorRecord.Exception | Format-List * -Force | Out-String -Width 4000) + $ErrorRecord.Exception.ToString()
        foreach ($secret in $simulator.$System.Credential.GetNetworkCredential().Password, (ConvertFrom-SecureString $simulator.$System.Token -AsPlainText)) {
            $text | Should -Not -BeLike "*$([wildcardpattern]::Escape($secret))*"
        }
    }
}

AfterAll {
    Stop-OrchestratorSimulator $simulator
}

Describe 'Connecting to <System> with' -ForEach $systems {
    AfterEach {
        Clear-OrchestratorSimulatorFault -RequestLog
        Get-OrchestratorConnection | ForEach-Object { & "Disconnect-$($_.System)" $_ }
    }

    It 'a host that does not exist' {
        $failed = Get-ConnectError $System @{ Server = 'no-such-host.invalid' }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.Unreachable,*"
        "$failed" | Should -BeLike '*no-such-host.invalid*'
        $failed.CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'a port where nothing listens' {
        $failed = Get-ConnectError $System @{ Server = '127.0.0.1:9' }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.Unreachable,*"
        "$failed" | Should -BeLike '*127.0.0.1:9*refused*port*'
    }

    It 'an address that is none' {
        $failed = Get-ConnectError $System @{ Server = 'https://' }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.BadParameter,*"
        "$failed" | Should -BeLike "*-Server 'https://'*"
    }

    It 'plain http to another machine' {
        $failed = Get-ConnectError $System @{ Server = 'http://192.0.2.1' }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.BadParameter,*"
        "$failed" | Should -BeLike '*https*'
    }

    It 'a user in the address' {
        $failed = Get-ConnectError $System @{ Server = 'https://root:hunter22@127.0.0.1' }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.BadParameter,*"
        "$failed" | Should -Not -BeLike '*hunter22*'
    }

    It 'a certificate that is not trusted' {
        $failed = Get-ConnectError $System -Without ServerCertificateThumbprint
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.Certificate,*"
        "$failed" | Should -BeLike "*$($simulator.CertificateThumbprint)*-ServerCertificateThumbprint*-SkipCertificateCheck*"
        Get-OrchestratorSimulatorRequest $System | Should -BeNullOrEmpty
    }

    It 'the thumbprint of another certificate' {
        $failed = Get-ConnectError $System @{ ServerCertificateThumbprint = 'AB' * 32 }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.Certificate,*"
        "$failed" | Should -BeLike '*not the pinned one*'
    }

    It 'a SHA-1 thumbprint: it shows the SHA-256 one' {
        $failed = Get-ConnectError $System @{ ServerCertificateThumbprint = 'AB' * 20 }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.BadParameter,*"
        "$failed" | Should -BeLike "*SHA-1*$($simulator.CertificateThumbprint)*"
    }

    It 'a thumbprint in another notation' {
        $colons = ($simulator.CertificateThumbprint.ToLowerInvariant() -split '(..)' -ne '') -join ':'
        $parameters = @{ ServerCertificateThumbprint = $colons }
        & "Connect-Test$System" $simulator @{ Name = 'colons' } | Should -Not -BeNullOrEmpty
        { Get-ConnectError $System $parameters } | Should -Throw 'It connected.'
    }

    It 'a wrong password' {
        $wrong = [pscredential]::new($simulator.$System.Credential.UserName, (ConvertTo-SecureString 'not-the-password' -AsPlainText))
        $failed = Get-ConnectError $System @{ Credential = $wrong }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.Authentication,*"
        $failed.CategoryInfo.Category | Should -Be 'AuthenticationError'
        "$failed" | Should -Not -BeLike '*not-the-password*'
        ($failed.Exception | Format-List * -Force | Out-String) | Should -Not -BeLike '*not-the-password*'
    }

    It 'a token that is none' {
        $option = if ($System -eq 'Vro') { @{ ClientId = $simulator.Vro.ClientId; ClientSecret = ConvertTo-SecureString 'not-the-secret' -AsPlainText } } else { @{ Token = ConvertTo-SecureString 'not-a-token-at-all' -AsPlainText } }
        $failed = $null
        try {
            $null = Get-ConnectError $System $option -Without Credential
            throw 'no error'
        }
        catch {
            # An API token of the SD-WAN Orchestrator is not looked at before it is used.
            if ("$_" -eq 'It connected.') {
                $failed = (Get-ListError $List)[0]
            }
            elseif ("$_" -ne 'no error') {
                throw
            }
        }
        $failed ??= Get-ConnectError $System $option -Without Credential
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.Authentication,*"
        "$failed" | Should -Not -BeLike '*not-a-token-at-all*'
        "$failed" | Should -Not -BeLike '*not-the-secret*'
    }

    It 'the address of a server of another kind' {
        $failed = Get-ConnectError $System @{ Server = "$($simulator.$Elsewhere.Server)" }
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.*"
        $failed.FullyQualifiedErrorId | Should -Not -BeLike '*OutcomeUnknown*'
        Assert-NoSecret $System $failed
        "$failed".Length | Should -BeLessThan 1500
    }

    It 'a web page behind the address' {
        Add-OrchestratorSimulatorFault $System Status -Status 200 -Body '<!DOCTYPE html><html><title>Captive portal</title></html>' -ContentType 'text/html' -Count 0
        $failed = Get-ConnectError $System
        $failed.FullyQualifiedErrorId | Should -Match "^$System\.(Protocol|Authentication),"
        "$failed".Length | Should -BeLessThan 1500
        Assert-NoSecret $System $failed
    }

    It 'a redirect to another host: nothing is sent there' {
        Add-OrchestratorSimulatorFault $System Redirect -Location "$($simulator.$Elsewhere.Server)steal" -Status 307 -Count 0
        $failed = Get-ConnectError $System
        $failed.FullyQualifiedErrorId | Should -BeLike "$System.*"
        "$failed" | Should -BeLike '*redirect*'
        Get-OrchestratorSimulatorRequest $Elsewhere | Should -BeNullOrEmpty
    }
}

Describe 'Listing from <System> when the server answers' -ForEach $systems {
    BeforeAll {
        $null = & "Connect-Test$System" $simulator @{ MaximumRetryCount = 0; ConnectionTimeoutSeconds = 30 }
        $null = & $List
    }

    AfterAll {
        & "Disconnect-$System"
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    AfterEach {
        Clear-OrchestratorSimulatorFault
        # The connection has taken no harm.
        & $List | Select-Object -First 1 | Should -Not -BeNullOrEmpty
    }

    It 'HTML' {
        Add-OrchestratorSimulatorFault $System ReplaceBody -Path $ListPath -Body '<html><title>Welcome</title></html>' -ContentType 'text/html'
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.Protocol,*"
        Assert-NoSecret $System $failed[0]
    }

    It 'a body that is cut short' {
        Add-OrchestratorSimulatorFault $System Truncate -Path $ListPath -Bytes 60 -Count 0
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Match "^$System\.(Protocol|Unreachable),"
    }

    It 'half a document that claims to be whole' {
        Add-OrchestratorSimulatorFault $System ReplaceBody -Path $ListPath -Body ($Nested.Substring(0, 20)) -ContentType $NestedType
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.Protocol,*"
    }

    It '1,000 levels of nesting' {
        Add-OrchestratorSimulatorFault $System ReplaceBody -Path $ListPath -Body $Nested -ContentType $NestedType
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.Protocol,*"
    }

    It 'an error page of 1 GB: it is not read, nor held' {
        Add-OrchestratorSimulatorFault $System HugeBody -Path $ListPath -Bytes 1GB -Status 500
        [GC]::Collect()
        $before = [Diagnostics.Process]::GetCurrentProcess().WorkingSet64
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.ServerError,*"
        "$($failed[0])".Length | Should -BeLessThan 70000
        ([Diagnostics.Process]::GetCurrentProcess().WorkingSet64 - $before) | Should -BeLessThan 200MB
    }

    It 'a redirect to another host: no credential follows' {
        Add-OrchestratorSimulatorFault $System Redirect -Path $ListPath -Location "$($simulator.$Elsewhere.Server)steal"
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.Protocol,*"
        Get-OrchestratorSimulatorRequest $Elsewhere | Should -BeNullOrEmpty
    }

    It 'nothing, and resets' {
        Add-OrchestratorSimulatorFault $System Refuse -Path $ListPath -Count 0
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.Unreachable,*"
    }

    It '429 with a wish to wait an hour' {
        Add-OrchestratorSimulatorFault $System RateLimit -Path $ListPath -RetryAfter 3600 -Count 0
        $failed = Get-ListError $List
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.RateLimited,*"
        $failed[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
    }

    It 'that a name does not exist, however odd: <_>' -ForEach @("it's", 'say "hi"', 'a[b]c', 'a`[1`]', '100%', "line`nbreak", '<x>&amp;', '漢字', 'a;b,c(d)', '{"property":1}') {
        # -Name takes wildcards; an exact odd name is escaped, as completion does.
        $name = [wildcardpattern]::Escape($_)
        $failed = $null
        . $List -Name $name -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed = @($failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        # An escaped pattern is a wildcard to PowerShell: it may find nothing without an error, but not fail otherwise.
        foreach ($record in $failed) {
            $record.FullyQualifiedErrorId | Should -BeLike "$System.NotFound,*"
        }
        Get-OrchestratorSimulatorRequest $System | Where-Object Status -GE 400 | Should -BeNullOrEmpty
    }
}

Describe 'vCloud Director answering with a DTD' {
    It 'is refused, and no file is read' {
        $null = Connect-TestVcd $simulator @{ MaximumRetryCount = 0 }
        try {
            Add-OrchestratorSimulatorFault Vcd ReplaceBody -Path '*/query' -ContentType 'application/vnd.vmware.vcloud.query.records+xml' -Body '<!DOCTYPE q [<!ENTITY e SYSTEM "file:///etc/hostname">]><QueryResultRecords xmlns="http://www.vmware.com/vcloud/v1.5"><CatalogRecord name="&e;"/></QueryResultRecords>'
            $failed = @(Get-ListError { Get-VcdCatalog @args })
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vcd.Protocol,*'
        }
        finally {
            Disconnect-Vcd
            Clear-OrchestratorSimulatorFault -RequestLog
        }
    }
}

Describe 'Veeam Recovery Orchestrator with a second factor' {
    It 'needed: says how to give it' {
        $user = $simulator.Vro.Users | Where-Object MfaKey | Select-Object -First 1
        $failed = Get-ConnectError Vro @{ Credential = $user.Credential }
        $failed.FullyQualifiedErrorId | Should -BeLike 'Vro.Authentication,*'
        "$failed" | Should -BeLike '*-MfaPasscode*'
    }

    It 'wrong' {
        $user = $simulator.Vro.Users | Where-Object MfaKey | Select-Object -First 1
        $failed = Get-ConnectError Vro @{ Credential = $user.Credential; MfaPasscode = '000000' }
        $failed.FullyQualifiedErrorId | Should -BeLike 'Vro.Authentication,*'
    }
}
