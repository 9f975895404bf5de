# Recovery locations, scopes, licence, client accounts, second factors and the four ways to log in to the Recovery Orchestrator.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator
    $pin = @{ ServerCertificateThumbprint = $simulator.Vro.CertificateThumbprint; NoProxy = $true }
    $connection = Connect-TestVro $simulator @{ Name = 'drill' }

    function Get-Id {
        param([object[]] $Record)
        @($Record | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] })
    }

    function Get-User {
        param([string] $Name)
        $simulator.Vro.Users | Where-Object Name -EQ "LAB\$Name"
    }

    function ConvertTo-Plain {
        param([securestring] $Secret)
        ConvertFrom-SecureString $Secret -AsPlainText
    }

    # The six digits of a moment (RFC 6238), from the base32 key.
    function Get-Totp {
        param([string] $Key, [int] $StepsAgo = 0)
        $bits = -join $Key.TrimEnd('=').ToCharArray().ForEach({ [Convert]::ToString('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.IndexOf($_), 2).PadLeft(5, '0') })
        [byte[]] $bytes = for ($i = 0; $i + 8 -le $bits.Length; $i += 8) { [Convert]::ToByte($bits.Substring($i, 8), 2) }
        $counter = [BitConverter]::GetBytes([long][Math]::Floor([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() / 30) - $StepsAgo)
        [array]::Reverse($counter)
        $hash = [Security.Cryptography.HMACSHA1]::HashData($bytes, $counter)
        $at = $hash[19] -band 15
        '{0:000000}' -f ((([int] $hash[$at] -band 127) * 16777216 + [int] $hash[$at + 1] * 65536 + [int] $hash[$at + 2] * 256 + [int] $hash[$at + 3]) % 1000000)
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vro | Disconnect-Vro -WarningAction SilentlyContinue
    Stop-OrchestratorSimulator $simulator
}

Describe 'Get-VroRecoveryLocation' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'lists them, by name, id, type and filter' {
        $all = Get-VroRecoveryLocation
        $all.Count | Should -Be 4
        $all[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroRecoveryLocation
        $all[0].IsOriginal | Should -BeTrue
        (Get-VroRecoveryLocation 'DC2*').Name | Should -Be 'DC2 vSphere', 'DC2 Hyper-V'
        (Get-VroRecoveryLocation -Id $all[2].Id).Name | Should -Be $all[2].Name
        (Get-VroRecoveryLocation -Type Storage, HyperV).Name | Should -Be 'SRLVic2', 'DC2 Hyper-V'
        (Get-VroRecoveryLocation -Filter @{ isOriginal = $false } -SortBy name -First 2).Name | Should -Be 'DC2 Hyper-V', 'DC2 vSphere'
        (Get-VroRecoveryLocation -SortBy name -Descending -Skip 3).Name | Should -Be 'DC2 Hyper-V'
        $all[0].AdditionalProperties.Keys | Should -Contain 'reIpRules'
    }

    It 'says what it did not find' {
        Get-VroRecoveryLocation moon, 'x*' -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        Get-Id $failed | Should -Be 'Vro.NotFound'
        "$($failed[0])" | Should -BeLike "*-Name 'moon': there is no such recovery location*"
        Get-VroRecoveryLocation -Id ([guid]::Empty) -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike "*-Id '00000000-*"
    }

    It 'refuses -Descending alone' {
        { Get-VroRecoveryLocation -Descending } | Should -Throw -ErrorId 'Vro.BadParameter,*'
    }
}

Describe 'Get-VroScope' {
    It 'lists them' {
        (Get-VroScope).Name | Should -Be 'Admin Scope', 'dc1 Scope', 'dc2 Scope'
        (Get-VroScope 'dc*' -SortBy name -Descending).Name | Should -Be 'dc2 Scope', 'dc1 Scope'
        (Get-VroScope -Filter @{ isDefault = $true }).Name | Should -Be 'Admin Scope'
        (Get-VroScope)[0].IsDefault | Should -BeTrue
    }

    It 'completes' {
        $line = 'Get-VroScope dc'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be "'dc1 Scope'", "'dc2 Scope'"
    }
}

Describe 'Get-VroLicenseUsage' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'shows the server, and scopes by name, wildcard and pipeline' {
        $server = Get-VroLicenseUsage
        $server.Scope | Should -BeNullOrEmpty
        $server.ManagedInstances | Should -BeGreaterThan 0
        @(Get-OrchestratorSimulatorRequest Vro).Path | Should -Be '/api/v7.21/License/Usage/Server'
        $scopes = Get-VroScope | Get-VroLicenseUsage
        $scopes.Scope | Should -Be 'Admin Scope', 'dc1 Scope', 'dc2 Scope'
        ($scopes.ManagedInstances | Measure-Object -Sum).Sum + ($scopes.NewInstances | Measure-Object -Sum).Sum | Should -Be ($server.ManagedInstances + $server.NewInstances)
        (Get-VroLicenseUsage 'dc1 Scope', 'dc2*').Scope | Should -Be 'dc1 Scope', 'dc2 Scope'
        (Get-VroLicenseUsage (Get-VroScope)[1].Id).Scope | Should -Be 'dc1 Scope'
    }

    It 'says which scope there is not, and which there are' {
        Get-VroLicenseUsage moon -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.NotFound'
        "$($failed[0])" | Should -BeLike "*-Scope 'moon'*'dc1 Scope'*"
    }

    It 'says what an account may not do' {
        Connect-Vro $simulator.Vro.Server -Credential (Get-User operator).Credential @pin -Name operator -NotDefault | Out-Null
        Get-VroLicenseUsage -Connection operator -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.Permission'
        Disconnect-Vro operator
    }
}

Describe 'Client accounts' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'are made with a secret that is told once, and that logs in' {
        $made = New-VroClient
        $made | Should -BeOfType OrchestratorTools.Clients.Vro.VroClientAccount
        $made.Secret | Should -BeOfType securestring
        $sent = Get-OrchestratorSimulatorRequest Vro -Method Post -Path '*/Clients'
        $sent | Should -HaveCount 1
        $sent.BodySize | Should -Be 0
        (Get-VroClient $made.Id).Secret | Should -BeNullOrEmpty
        $own = Connect-Vro $simulator.Vro.Server -ClientId $made.Id -ClientSecret $made.Secret @pin -Name nightly -NotDefault
        $own.Scope | Should -Be 'Client account'
        Disconnect-Vro nightly
        Remove-VroClient $made.Id -Confirm:$false
    }

    It 'show their secret nowhere' {
        $said = & {
            $DebugPreference = 'Continue'
            $script:made = New-VroClient -Verbose 4>&1 5>&1 | ForEach-Object { if ($_ -is [OrchestratorTools.Clients.Vro.VroClientAccount]) { $script:account = $_ }; $_ }
            $script:made
            $account | Format-List -Force
            $account | ConvertTo-Json
            "$account"
        } | Out-String -Width 4000
        $plain = ConvertTo-Plain $account.Secret
        $said | Should -BeLike '*POST*/Clients*'
        $said | Should -BeLike '*(body not shown)*'
        foreach ($form in $plain, [uri]::EscapeDataString($plain), ($plain | ConvertTo-Json).Trim('"')) {
            $said.Contains($form) | Should -BeFalse
        }
        Remove-VroClient $account.Id -Confirm:$false
    }

    It 'go into a file of mode 600 with -OutFile' {
        $file = Join-Path $TestDrive 'client.json'
        $made = New-VroClient -OutFile $file
        $made.Secret | Should -BeNullOrEmpty
        $made.SecretFile | Should -Be $file
        if (-not $IsWindows) { (Get-Item $file).UnixMode | Should -Be '-rw-------' }
        $kept = Get-Content -Raw $file | ConvertFrom-Json
        $kept.clientId | Should -Be $made.Id
        Connect-Vro $kept.server -ClientId $kept.clientId -ClientSecret (ConvertTo-SecureString $kept.clientSecret -AsPlainText) @pin -Name kept -NotDefault | Disconnect-Vro
        # It is not replaced, and no account is made for nothing.
        { New-VroClient -OutFile $file } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        { New-VroClient -OutFile (Join-Path $TestDrive 'no' 'such' 'folder.json') } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        @(Get-OrchestratorSimulatorRequest Vro -Method Post -Path '*/Clients').Count | Should -Be 1
        if (-not $IsWindows) { chmod 644 $file }
        (New-VroClient -OutFile $file -Force).Id | Should -Not -Be $made.Id
        if (-not $IsWindows) { (Get-Item $file).UnixMode | Should -Be '-rw-------' }
        (Get-Content -Raw $file | ConvertFrom-Json).clientId | Should -Not -Be $made.Id
    }

    It 'leave no empty file behind where the server said no' {
        $file = Join-Path $TestDrive 'none.json'
        Add-OrchestratorSimulatorFault Vro Status -Status 403 -Path '*/Clients'
        New-VroClient -OutFile $file -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.Permission'
        $file | Should -Not -Exist
    }

    It 'are made once: a lost answer says how to find the account' {
        Add-OrchestratorSimulatorFault Vro LostAnswer -Method Post -Path '*/Clients' -Count 0
        New-VroClient -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        Get-Id $failed | Should -Be 'Vro.OutcomeUnknown'
        "$($failed[0].ErrorDetails)" | Should -BeLike '*Get-VroClient*Remove-VroClient*'
        @(Get-OrchestratorSimulatorRequest Vro -Method Post -Path '*/Clients').Count | Should -Be 1
    }

    It 'are not made under -WhatIf, nor removed' {
        $id = (Get-VroClient)[0].Id
        New-VroClient -WhatIf
        Remove-VroClient $id -WhatIf
        Get-OrchestratorSimulatorRequest Vro | Where-Object Method -NE GET | Should -BeNullOrEmpty
    }

    It 'are removed by pipeline; a repeated removal that finds nothing has succeeded' {
        $made = New-VroClient
        Add-OrchestratorSimulatorFault Vro LostAnswer -Method Delete -Path '*/Clients'
        $made | Remove-VroClient -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
        (Get-OrchestratorSimulatorRequest Vro -Method Delete -Path '*/Clients').Status | Should -Be 204, 404
        Remove-VroClient $made.Id -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.NotFound'
        Get-VroClient $made.Id -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.NotFound'
    }

    Context 'for themselves' {
        BeforeAll {
            $self = New-VroClient
            $other = New-VroClient
            Connect-Vro $simulator.Vro.Server -ClientId $self.Id -ClientSecret $self.Secret @pin -Name self -NotDefault | Out-Null
        }

        It 'see only themselves' {
            $seen = Get-VroClient -Connection self
            $seen.Id | Should -Be $self.Id
            $seen.IsOwn | Should -BeTrue
            Get-VroClient $other.Id -Connection self -ErrorAction SilentlyContinue -ErrorVariable failed
            "$($failed[0])" | Should -BeLike '*a client account sees only itself*'
        }

        It 'cannot make others, nor remove another: said before anything is sent' {
            New-VroClient -Connection self -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.Permission'
            "$($failed[0])" | Should -BeLike '*client accounts cannot make others*'
            Remove-VroClient $other.Id -Connection self -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.Permission'
            "$($failed[0])" | Should -BeLike '*remove only themselves*'
            Get-OrchestratorSimulatorRequest Vro | Where-Object Method -In 'POST', 'DELETE' | Should -BeNullOrEmpty
        }

        It 'remove themselves' {
            Remove-VroClient $self.Id -Connection self -Confirm:$false
            (Get-VroClient).Id | Should -Not -Contain $self.Id
            Disconnect-Vro self -WarningAction SilentlyContinue
        }
    }
}

Describe 'New-VroMfaSecret' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'sets up the second factor of an account that cannot log in yet; the code of it then logs in' {
        $account = Get-User mfa-new
        $said = & {
            $DebugPreference = 'Continue'
            New-VroMfaSecret $account.Credential -Verbose 4>&1 5>&1 | ForEach-Object { if ($_ -is [OrchestratorTools.Clients.Vro.VroMfaSecret]) { $script:mfa = $_ }; $_ }
            $mfa | Format-List -Force
            $mfa | ConvertTo-Json
        } | Out-String -Width 4000
        $key = ConvertTo-Plain $mfa.Secret
        $key | Should -Match '^[A-Z2-7]{16,}$'
        ConvertTo-Plain $mfa.OtpAuthUrl | Should -BeLike "otpauth://totp/*secret=$key*"
        $said | Should -BeLike '*GenerateMfaCode*'
        $said.Contains($key) | Should -BeFalse
        $said.Contains($account.Credential.GetNetworkCredential().Password) | Should -BeFalse
        (Connect-Vro $simulator.Vro.Server -Credential $account.Credential -MfaPasscode (Get-Totp $key) @pin -Name second -NotDefault).Scope | Should -Be 'User account, MFA'
        Disconnect-Vro second
    }

    It 'is told once' {
        New-VroMfaSecret (Get-User mfa).Credential -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        Get-Id $failed | Should -Be 'Vro.Conflict'
        "$($failed[0])" | Should -BeLike '*one was made before*'
    }

    It 'makes one for the account of the connection' {
        Connect-Vro $simulator.Vro.Server -Credential (Get-User author).Credential @pin -Name author -NotDefault | Out-Null
        (New-VroMfaSecret -Connection author).Account | Should -Be 'LAB\author'
        New-VroMfaSecret -Connection author -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.Conflict'
        Disconnect-Vro author
    }

    It 'says that an account has none, that its password is wrong, and that a client account has none' {
        New-VroMfaSecret (Get-User operator).Credential -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.WrongState'
        New-VroMfaSecret ([pscredential]::new('LAB\mfa', (ConvertTo-SecureString 'no+t/it=' -AsPlainText))) -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.Authentication'
        "$($failed[0])" | Should -Not -BeLike '*no+t/it=*'
        Connect-Vro $simulator.Vro.Server -ClientId $simulator.Vro.ClientId -ClientSecret $simulator.Vro.ClientSecret @pin -Name client -NotDefault | Out-Null
        New-VroMfaSecret -Connection client -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.WrongState'
        Disconnect-Vro client
    }

    It 'is made once: a lost answer says so' {
        Connect-Vro $simulator.Vro.Server -Credential (Get-User exclusive).Credential @pin -Name exclusive -NotDefault | Out-Null
        Add-OrchestratorSimulatorFault Vro LostAnswer -Path '*/GenerateMfaCode' -Count 0
        New-VroMfaSecret -Connection exclusive -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.OutcomeUnknown'
        @(Get-OrchestratorSimulatorRequest Vro -Path '*/GenerateMfaCode').Count | Should -Be 1
        Disconnect-Vro exclusive
    }

    It 'sends nothing under -WhatIf, and says which version has none' {
        New-VroMfaSecret -WhatIf
        Connect-TestVro $simulator @{ Name = 'older'; ApiVersion = 'v7.2'; NotDefault = $true } | Out-Null
        New-VroMfaSecret -Connection older -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.Validation'
        Get-OrchestratorSimulatorRequest Vro -Path '*/GenerateMfaCode' | Should -BeNullOrEmpty
        Disconnect-Vro older
    }
}

Describe 'Connect-Vro' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'takes a refresh token, renews it, and cannot log in again when it is dead' {
        $password = $simulator.Vro.Credential.GetNetworkCredential().Password
        $answer = Invoke-RestMethod "$($simulator.Vro.Server)api/token" -Method Post -SkipCertificateCheck -NoProxy -Body @{ grant_type = 'password'; username = $simulator.Vro.Credential.UserName; password = $password }
        $token = ConvertTo-SecureString $answer.refresh_token -AsPlainText
        $own = Connect-Vro $simulator.Vro.Server -RefreshToken $token @pin -Name token -NotDefault
        $own.Scope | Should -Be 'Refresh token'
        Add-OrchestratorSimulatorFault Vro ExpireSessions -Path '*/Plans'
        @(Get-VroPlan -Connection token).Count | Should -Be 8
        # It was used up: a second login with it is refused.
        $failed = { Connect-Vro $simulator.Vro.Server -RefreshToken $token @pin -Name again -NotDefault } | Should -Throw -ErrorId 'Vro.Authentication,*' -PassThru
        "$($failed.ErrorDetails)" | Should -BeLike '*one use*'
        Add-OrchestratorSimulatorFault Vro ExpireSessions -Path '*/Plans' -RefreshToken
        Get-VroPlan -Connection token -ErrorAction SilentlyContinue -ErrorVariable dead
        Get-Id $dead | Should -Be 'Vro.Authentication'
        "$($dead[0])" | Should -BeLike '*begun with a refresh token*'
        "$failed $dead" | Should -Not -BeLike "*$([wildcardpattern]::Escape($answer.refresh_token))*"
        Disconnect-Vro token -WarningAction SilentlyContinue
    }

    It 'says that a code is wrong or late' {
        $account = Get-User mfa
        foreach ($code in '000000', (Get-Totp (ConvertTo-Plain $account.MfaKey) -StepsAgo 20)) {
            $failed = { Connect-Vro $simulator.Vro.Server -Credential $account.Credential -MfaPasscode $code @pin } | Should -Throw -ErrorId 'Vro.Authentication,*' -PassThru
            "$($failed.ErrorDetails)" | Should -BeLike '*passcode was refused*half a minute*'
        }
    }
}

# The last one: this server speaks another version from then on.
Describe 'A server of version 13' {
    BeforeAll {
        Invoke-SimulatorCommand $simulator systems/vro/settings @{ versions = @('v7.21', 'v13') } | Out-Null
        Connect-TestVro $simulator @{ Name = 'thirteen'; ApiVersion = 'v13'; NotDefault = $true; WarningAction = 'SilentlyContinue' } | Out-Null
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    It 'has no client accounts, and says so: <_>' -ForEach 'Get-VroClient', 'New-VroClient', 'Remove-VroClient x -Confirm:$false' {
        & ([scriptblock]::Create("$_ -Connection thirteen -ErrorAction SilentlyContinue -ErrorVariable script:failed"))
        Get-Id $failed | Should -Be 'Vro.Validation'
        "$($failed[0])" | Should -BeLike '*speaks API v13, which has no Clients*'
        Get-OrchestratorSimulatorRequest Vro -Path '*/Clients' | Should -BeNullOrEmpty
    }
}
